package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Outcome;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.RequestedVideo;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds videos whose workflow was to be at work and is not: one that was never started is started
 * again, and so is one that has waited for as long as Temporal keeps a history; one that was ended
 * from outside (terminated, deleted) is settled, so that nobody waits for it for ever.
 */
public final class LostRuns {

  /** A start is written down before it is made; until then nothing is lost. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final RequestRepository requests;
  private final VideoRepository videos;
  private final WorkflowRuns runs;

  public LostRuns(Database database, WorkflowRuns runs) {
    this.requests = new RequestRepository(database);
    this.videos = new VideoRepository(database);
    this.runs = runs;
  }

  /**
   * A video that was lost.
   *
   * @param what became of it, for people
   */
  public record Lost(Video video, String what) {}

  /** Looks at the started videos of a library, and tells of those that were lost. */
  public List<Lost> settle(LibraryId library) {
    Instant limit = Instant.now().minus(GRACE);
    List<Lost> lost = new ArrayList<>();
    for (RequestedVideo started : requests.started(library)) {
      if (started.startedAt().filter(limit::isAfter).isPresent()) {
        settle(started).ifPresent(what -> lost.add(new Lost(started.video(), what)));
      }
    }
    return List.copyOf(lost);
  }

  private Optional<String> settle(RequestedVideo started) {
    String workflow = WorkflowIds.video(started.video().id());
    Optional<WorkflowRuns.Latest> latest = runs.latest(workflow);
    if (latest.filter(WorkflowRuns.Latest::running).isPresent() || isSettledByNow(started)) {
      return Optional.empty();
    }
    Instant startedAt = started.startedAt().orElseThrow();
    boolean ended = latest.filter(run -> !run.startedAt().isBefore(startedAt)).isPresent();
    boolean outgrown = ended && runs.isOutgrown(workflow);
    if (ended && !outgrown) {
      String how = latest.map(WorkflowRuns.Latest::status).orElse("gone");
      String why = "its workflow was ended from outside: " + how;
      videos.cancel(started.video().id(), why);
      requests.settleStarted(started.video().id(), outcome(started.video().id()));
      return Optional.of(why);
    }
    requests.unmarkStarted(started.request(), started.video().id());
    return Optional.of(
        outgrown
            ? "its workflow has waited until its history was full: it is started again"
            : "its workflow is not there: it is started again");
  }

  /** A run that found nothing to do leaves the video as it was settled before. */
  private Outcome outcome(VideoId video) {
    return videos
        .find(video)
        .filter(found -> found.state() != VideoState.FOUND && !found.state().isWork())
        .map(found -> Outcome.ofSettled(found, false))
        .orElseGet(Outcome::cancelled);
  }

  /** The run may have finished between our reading and Temporal's answer. */
  private boolean isSettledByNow(RequestedVideo started) {
    return requests.started(started.video().library()).stream()
        .noneMatch(now ->
            now.request().equals(started.request())
                && now.video().id().equals(started.video().id()));
  }
}
