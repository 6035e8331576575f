package dev.reencodarr.workflows.analysis;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Looks at one file; runs on {@code analyse@Z}. */
@ActivityInterface(namePrefix = "Analysis")
public interface AnalysisActivities {

  /** Identity, facts of the file and streams; stores them with the video. */
  Analysis analyse(VideoId video, MediaPath path);

  /** Whether anything has this name: a file, a folder, a dangling link. */
  boolean exists(MediaPath path);
}
