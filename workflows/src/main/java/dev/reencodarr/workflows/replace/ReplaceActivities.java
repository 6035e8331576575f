package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Puts results in place and takes them back; runs on {@code files@Z}. */
@ActivityInterface(namePrefix = "Replace")
public interface ReplaceActivities {

  /** The swap of {@code docs/file-safety.md}; can be run again at any point without harm. */
  SwapOutcome swap(SwapRequest request);

  /** Puts the original of the video's latest replacement back. */
  UndoOutcome undo(VideoId video, String attempt);
}
