package dev.reencodarr.workflows.analysis;

/**
 * What becomes of a file that has further names. An encode takes the place of one name alone: the
 * others go on naming the original, so that nothing is freed as long as they are there.
 */
public enum HardLinks {
  /** It is left alone, also once the other names are gone, until somebody orders it. */
  SKIP,
  /** It is left alone as long as it has other names; every scan looks again. */
  DEFER,
  /** It is encoded like any other. */
  ALLOW
}
