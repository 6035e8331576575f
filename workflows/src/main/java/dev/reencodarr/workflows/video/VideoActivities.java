package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Planned;
import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** The video's row; runs on {@code control}. Each can be run twice without harm. */
@ActivityInterface(namePrefix = "Video")
public interface VideoActivities {

  /** Takes the video for this run, or says that there is nothing to do. */
  Claim claim(VideoOrder order, RunKey run);

  /**
   * What the rules and settings in force make of the file of an order; kept with the video.
   *
   * @param source where it lies
   */
  Planned plan(VideoOrder order, RunKey run, MediaPath source, Analysis.Analysed facts);

  /**
   * Writes the state that the video has come to.
   *
   * @return what of it is paused; null where nothing is, as in histories from before there were
   *     pauses
   */
  @Nullable PausedBy enter(StateChange change);

  /**
   * Pauses the video.
   *
   * @param freezes whether its encode is stopped where it stands, instead of being finished first
   */
  void pause(VideoId video, boolean freezes);

  /** Lifts the video's own pause. */
  void resume(VideoId video);

  /** Writes how the pass ended, and settles it in every request that waits for it. */
  void finish(VideoOrder order, RunKey run, VideoEnd end);
}
