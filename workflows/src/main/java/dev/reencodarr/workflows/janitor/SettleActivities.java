package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.video.RunKey;
import io.temporal.activity.ActivityInterface;

/** The rows of a video that is being settled; runs on {@code control}. */
@ActivityInterface(namePrefix = "Settle")
public interface SettleActivities {

  /** What is left unfinished. */
  Unsettled find(VideoId video);

  /**
   * Writes into the video's row what became of its replacements, and has it started again where a
   * request still wants it.
   *
   * @return what that is, for people
   */
  String finish(VideoId video, RunKey run, Unsettled unsettled);
}
