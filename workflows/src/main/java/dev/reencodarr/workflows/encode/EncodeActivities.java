package dev.reencodarr.workflows.encode;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Encodes; runs on {@code encode-E@Z}, and on {@code host@H} to attach to what runs there. */
@ActivityInterface(namePrefix = "Encode")
public interface EncodeActivities {

  /**
   * Attaches to the job of this request if it runs or has ended on this machine, starts it
   * otherwise. Heartbeats {@link EncodeProgress}. Leaves the job running when the worker stops;
   * ends its whole process tree when the activity is cancelled.
   */
  EncodeOutcome encode(EncodeRequest request);

  /** Ends what still runs for the video on this machine and removes its job folders. */
  void discard(VideoId video);
}
