package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.video.RunKey;
import io.temporal.activity.ActivityInterface;

/** The rows of a video that is being settled; runs on {@code control}. */
@ActivityInterface(namePrefix = "Settle")
public interface SettleActivities {

  /** What is left unfinished. */
  Unsettled find(VideoId video);

  /**
   * Writes into the video's row what has become of its replacements unseen, by their rows, and has
   * it started again where a request still wants it.
   *
   * @return what that is, for people
   */
  String finish(VideoId video, RunKey run, Unsettled unsettled);

  /**
   * The same by what the files have said.
   *
   * @param settled of the last replacement of which anything lies in place
   */
  String settled(VideoId video, RunKey run, Unsettled unsettled, Settled settled);

  /**
   * Nothing could be settled: the row is as it was before, a failed video with its code, and a
   * request that still wants the video starts it again.
   *
   * @param why said where the row said nothing
   */
  void handBack(VideoId video, RunKey run, Unsettled unsettled, String why);
}
