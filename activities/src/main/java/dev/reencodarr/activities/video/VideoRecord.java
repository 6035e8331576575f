package dev.reencodarr.activities.video;

import dev.reencodarr.activities.broken.BrokenSources;
import dev.reencodarr.activities.store.Claimed;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.RulesInForce;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.sync.ManagedFacts;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.rules.Managed;
import dev.reencodarr.workflows.plan.rules.RuledFile;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import dev.reencodarr.workflows.video.Claim;
import dev.reencodarr.workflows.video.PausedBy;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoActivities;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The video's row. PostgreSQL decides who has it; Temporal is asked only whether a holder lives.
 */
public final class VideoRecord implements VideoActivities {

  private static final Logger log = LoggerFactory.getLogger(VideoRecord.class);

  private final VideoClaims claims;
  private final PauseRepository pauses;
  private final VideoRepository videos;
  private final RulesInForce rules;
  private final ManagedFacts managed;
  private final BrokenSources broken;
  private final Predicate<RunKey> isRunning;

  /**
   * @param rules over this worker's settings
   * @param isRunning whether the workflow of a run is still open: {@link WorkflowRuns#isRunning}
   */
  public VideoRecord(
      VideoClaims claims,
      PauseRepository pauses,
      VideoRepository videos,
      RulesInForce rules,
      ManagedFacts managed,
      BrokenSources broken,
      Predicate<RunKey> isRunning) {
    this.claims = claims;
    this.pauses = pauses;
    this.videos = videos;
    this.rules = rules;
    this.managed = managed;
    this.broken = broken;
    this.isRunning = isRunning;
  }

  @Override
  public Claim claim(VideoOrder order, RunKey run) {
    Claimed claimed = claims.claim(order, run, holder -> false);
    if (claimed instanceof Claimed.Held held) {
      if (isRunning.test(held.holder())) {
        return heldBy(held.holder());
      }
      log.info("{}: taken over from the dead run {}", run.line(), held.holder().line());
      claimed = claims.claim(order, run, held.holder()::equals);
    }
    return switch (claimed) {
      case Claimed.Taken taken -> proceed(order, taken);
      case Claimed.Settled settled -> new Claim.Done(settled.why());
      case Claimed.Held held -> heldBy(held.holder());
    };
  }

  private static Claim heldBy(RunKey holder) {
    return new Claim.Done("another run has it: " + holder.line());
  }

  private Claim proceed(VideoOrder order, Claimed.Taken taken) {
    Video video = taken.video();
    return new Claim.Proceed(
        video.path(),
        taken.library().root(),
        taken.library().name(),
        taken.library().zone(),
        rules.usual().with(order.wishes()),
        taken.unfinished(),
        !managed.of(video.path()).equals(Managed.NOBODY));
  }

  @Override
  public Planned plan(VideoOrder order, RunKey run, MediaPath source, Analysis.Analysed facts) {
    String library = videos.find(order.video()).map(Video::libraryName).orElse("");
    RuledFile file =
        new RuledFile(
            source, library, facts.file(), facts.media(), managed.of(source), Instant.now());
    VideoRules.Decided decided = rules.current().decide(file, order.wishes());
    videos.decided(Map.of(order.video(), decided.line()));
    return decided.settings().plan(source, facts.file(), facts.media());
  }

  @Override
  public @Nullable PausedBy enter(StateChange change) {
    if (!claims.enter(change)) {
      log.info(
          "{}: step {} to {} came late and changes nothing",
          change.run().line(),
          change.step(),
          change.state().code());
    }
    return pauses.of(change.video()).map(PauseRepository.Hold::by).orElse(null);
  }

  @Override
  public void pause(VideoId video, boolean freezes) {
    pauses.pause(new PauseScope.OfVideo(video), freezes);
  }

  @Override
  public void resume(VideoId video) {
    pauses.resume(new PauseScope.OfVideo(video));
  }

  @Override
  public void finish(VideoOrder order, RunKey run, VideoEnd end) {
    claims.finish(order, run, end);
    switch (end) {
      case VideoEnd.Failed failed when failed.classification().isOfABrokenSource() ->
          broken.found(order.video(), FoundBy.WORK, failed.classification().message());
      case VideoEnd.Encoded _, VideoEnd.DeliveredTo _ ->
          broken.sound(order.video(), "it was encoded, and the result was verified");
      default -> {}
    }
  }
}
