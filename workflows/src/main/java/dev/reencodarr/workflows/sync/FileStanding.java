package dev.reencodarr.workflows.sync;

/** How a connection has a file of ours. */
public enum FileStanding {
  /** In the size and the place that it has. */
  AS_IT_IS,
  /** As it was before. */
  OUTDATED,
  /** Not at all, though its title is there. */
  UNKNOWN,
  /** Its title is not managed there any more: nothing is left to be told. */
  NOT_MANAGED
}
