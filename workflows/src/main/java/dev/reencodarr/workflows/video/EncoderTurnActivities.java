package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Waiting for a place at an encoder; runs on its {@code search-E@Z}. */
@ActivityInterface(namePrefix = "Encoder")
public interface EncoderTurnActivities {

  /**
   * Waits until a job of this encoder could begin.
   *
   * @return the host where it could
   */
  String turn(VideoId video, Encoder encoder);
}
