package dev.reencodarr.workflows.failure;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Writes down failures and their end; runs on {@code control}. */
@ActivityInterface(namePrefix = "Failure")
public interface FailureActivities {

  /** One row; a video that is gone is no error. */
  void record(FailureRecord failure);

  /** The stage has succeeded: the video's open failures of it are resolved. */
  void resolveStage(VideoId video, FailureStage stage);
}
