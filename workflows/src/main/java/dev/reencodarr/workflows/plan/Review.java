package dev.reencodarr.workflows.plan;

/** Whether somebody has to look at a result before it may take the place of its source. */
public enum Review {
  /** Nobody has to. */
  NONE,
  /** It waits, verified, until somebody approves or rejects it. */
  HOLD
}
