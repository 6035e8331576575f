package dev.reencodarr.workflows.sync;

import io.temporal.activity.ActivityInterface;

/** Reads the history of a connection; runs on {@code analyse@Z}. Can be run twice. */
@ActivityInterface(namePrefix = "CatchUp")
public interface CatchUpActivities {

  /** Has the titles looked at of which the history tells something new; how many there are. */
  int catchUp(SyncOrder order);
}
