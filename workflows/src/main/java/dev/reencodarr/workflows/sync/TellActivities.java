package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Tells whoever is to know of changed files. */
@ActivityInterface(namePrefix = "Tell")
public interface TellActivities {

  /**
   * Tells everybody what stands in the rows of this video, once each. Who does not answer fails
   * nothing: it is told in a later round, and given up after days.
   */
  TellProgress listeners(VideoId video);
}
