package dev.reencodarr.workflows.sync;

import io.temporal.activity.ActivityInterface;

/** Writes down how syncs go; runs on {@code control}. */
@ActivityInterface(namePrefix = "SyncRow")
public interface SyncRowActivities {

  /**
   * A sync has begun, or goes on in a new run.
   *
   * @param run the first run of its workflow
   * @return false where the connection was removed: there is nothing to do
   */
  boolean begun(long connection, String run);

  /** How far it is. */
  void going(String run, SyncProgress progress);

  /** It waits, since something does not answer; empty: it goes on. */
  void waiting(String run, String problem);

  /** It is through. */
  void ended(String run, SyncProgress progress);

  /** It has failed as a whole. */
  void failed(String run, String problem);
}
