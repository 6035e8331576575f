package dev.reencodarr.workflows.plan;

/** What the user would rather have: smaller files, or more files done. */
public enum Goal {
  SPACE,
  TIME,
  BALANCED
}
