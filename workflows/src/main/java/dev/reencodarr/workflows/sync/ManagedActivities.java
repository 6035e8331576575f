package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;

/** Asks Sonarr or Radarr before work on a file that it manages; runs on {@code files@Z}. */
@ActivityInterface(namePrefix = "Managed")
public interface ManagedActivities {

  /** How it stands. Who does not answer has nothing against it: work waits for nobody. */
  ManagedStanding standing(VideoId video);
}
