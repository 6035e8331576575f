package dev.reencodarr.workflows.sync;

import io.temporal.activity.ActivityInterface;

/** Looks at single titles of a connection; runs on {@code analyse@Z}. Can be run twice. */
@ActivityInterface(namePrefix = "TitleLook")
public interface TitleLookActivities {

  /**
   * Reads these titles and their files as they are now and compares them with what is known, as a
   * sync does; one that is gone is let go. Nothing is done where the connection was removed.
   * Heartbeats.
   */
  SyncTally look(TouchedTitles titles);
}
