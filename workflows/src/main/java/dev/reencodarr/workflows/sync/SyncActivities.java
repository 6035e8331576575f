package dev.reencodarr.workflows.sync;

import io.temporal.activity.ActivityInterface;

/** Reads what a connection manages; runs on {@code analyse@Z}. Can be run twice. */
@ActivityInterface(namePrefix = "Sync")
public interface SyncActivities {

  /** Reads the titles and lets go those that are there no more; how many there are. Heartbeats. */
  SyncTitles titles(SyncOrder order);

  /**
   * Reads the files of the next titles, orders looks at the folders in which something is new,
   * changed or gone, and writes down what was read.
   *
   * @param order whose resume says after which title
   */
  SyncStep files(SyncOrder order);
}
