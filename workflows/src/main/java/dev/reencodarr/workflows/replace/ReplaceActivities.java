package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;
import java.util.UUID;

/** Puts results in place and takes them back; runs on {@code files@Z}. */
@ActivityInterface(namePrefix = "Replace")
public interface ReplaceActivities {

  /** The swap of {@code docs/file-safety.md}; can be run again at any point without harm. */
  SwapOutcome swap(SwapRequest request);

  /**
   * Brings one replacement of the video that was begun, a swap or an undo, to the end that it was
   * begun for, or takes it back where the files have become others. One that has come to its end is
   * only looked at.
   *
   * @param attempt of whoever settles; it may settle several
   */
  Settled settle(VideoId video, String attempt, UUID replacement);

  /** Puts the original of the video's latest replacement back. */
  UndoOutcome undo(VideoId video, String attempt);

  /** Puts the original of the video's latest replacement to a free name, wherever that is. */
  RestoreOutcome restore(VideoId video, String attempt, MediaPath place);

  /** Deletes what is kept of the video's replacements, after seeing what took its place whole. */
  Accepted accept(VideoId video, String attempt, Acceptance acceptance);

  /** The same for a replacement whose video is not known any more. */
  Accepted acceptOrphan(UUID replacement, Acceptance acceptance);

  /** Puts the original of a replacement whose video is not known any more to a free name. */
  RestoreOutcome restoreOrphan(UUID replacement, MediaPath place);
}
