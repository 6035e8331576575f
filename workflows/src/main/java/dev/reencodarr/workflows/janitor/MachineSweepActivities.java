package dev.reencodarr.workflows.janitor;

import io.temporal.activity.ActivityInterface;

/** What the janitor does in the work folder of one machine; runs on {@code host@H}. */
@ActivityInterface(namePrefix = "MachineSweep")
public interface MachineSweepActivities {

  /** Ends programs of ours that nobody waits for. */
  Swept processes();

  /** Removes job folders, probe folders and drafts that nobody needs any more. */
  Swept folders();
}
