package dev.reencodarr.workflows.video;

import io.temporal.activity.ActivityInterface;

/** The video's row; runs on {@code control}. Each can be run twice without harm. */
@ActivityInterface(namePrefix = "Video")
public interface VideoActivities {

  /** Takes the video for this run, or says that there is nothing to do. */
  Claim claim(VideoOrder order, RunKey run);

  /** Writes the state that the video has come to. */
  void enter(StateChange change);

  /** Writes how the pass ended, and settles it in every request that waits for it. */
  void finish(VideoOrder order, RunKey run, VideoEnd end);
}
