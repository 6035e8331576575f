package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.activities.store.ReplacementRepository.Quarantined;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Expiring;
import dev.reencodarr.workflows.replace.Expiring.Orphan;
import dev.reencodarr.workflows.replace.ExpiryActivities;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what has been kept for long enough, and lets each video's own workflow let it go. */
public final class QuarantineExpiry implements ExpiryActivities {

  private static final Duration UNTIL_TRIED_AGAIN = Duration.ofDays(1);

  /** What one round takes; the rest comes with the next. */
  private static final int AT_ONCE = 200;

  private final ReplacementRepository rows;
  private final VideoRepository videos;
  private final LibraryRepository libraries;
  private final WorkflowClient client;
  private final Duration kept;
  private final Clock clock;

  /**
   * @param days for which files are kept
   */
  public QuarantineExpiry(Database database, WorkflowClient client, int days, Clock clock) {
    this.rows = new ReplacementRepository(database);
    this.videos = new VideoRepository(database);
    this.libraries = new LibraryRepository(database);
    this.client = client;
    this.kept = Duration.ofDays(days);
    this.clock = clock;
  }

  @Override
  public Expiring expire() {
    Instant now = clock.instant();
    Instant keptBefore = now.minus(kept);
    Set<Video> due = new LinkedHashSet<>();
    List<Orphan> orphans = new ArrayList<>();
    for (Quarantined entry : rows.due(keptBefore, now.minus(UNTIL_TRIED_AGAIN), AT_ONCE)) {
      Optional<Video> video = entry.video().flatMap(videos::find);
      video.ifPresentOrElse(
          due::add,
          () -> orphans.add(new Orphan(entry.replacement(), libraries.zoneAround(entry.folder()))));
    }
    int started = 0;
    for (Video video : due) {
      started += start(video, keptBefore) ? 1 : 0;
    }
    return new Expiring(started, due.size() - started, orphans);
  }

  private boolean start(Video video, Instant keptBefore) {
    VideoWorkflow workflow =
        client.newWorkflowStub(
            VideoWorkflow.class,
            VideoStart.alone(video.id(), video.library(), video.libraryName(), video.path()));
    try {
      WorkflowClient.start(
          workflow::run, VideoOrder.accept(video.id(), new Acceptance(keptBefore, false)));
      return true;
    } catch (WorkflowExecutionAlreadyStarted atWork) {
      return false;
    }
  }
}
