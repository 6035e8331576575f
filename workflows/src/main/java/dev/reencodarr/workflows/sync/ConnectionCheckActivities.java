package dev.reencodarr.workflows.sync;

import io.temporal.activity.ActivityInterface;

/** Looks at a connection; runs on {@code analyse@Z}, where its files are seen. */
@ActivityInterface(namePrefix = "ConnectionCheck")
public interface ConnectionCheckActivities {

  /** Asks who answers, and whether we see the files that it manages; changes nothing. */
  ConnectionCheck check(SyncOrder order);
}
