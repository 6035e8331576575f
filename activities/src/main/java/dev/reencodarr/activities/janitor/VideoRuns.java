package dev.reencodarr.activities.janitor;

import dev.reencodarr.activities.video.WorkflowRuns;
import dev.reencodarr.workflows.media.VideoId;

/** Whether somebody is at work on a video. */
@FunctionalInterface
interface VideoRuns {

  /**
   * Asks Temporal.
   *
   * @throws RuntimeException if it cannot be asked: nothing is concluded then
   */
  boolean isRunning(VideoId video);

  static VideoRuns of(WorkflowRuns runs) {
    return runs::isAtWorkOn;
  }
}
