package dev.reencodarr.workflows.plan;

/** How a video ends whose ladder has come to its end in vain. */
public enum LadderEnd {
  /** It stays as it is, and counts as {@code not_worth_it}. */
  SKIP,
  /** It has failed, with a failure that says why. */
  FAIL
}
