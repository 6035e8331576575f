package dev.reencodarr.workflows.plan;

/** What becomes of a source that cannot be decoded from end to end. */
public enum OnBrokenSource {
  /** It stays where it lies until somebody says what is to be done. */
  KEEP,
  /** Sonarr or Radarr, whichever manages it, gets another copy. */
  REDOWNLOAD
}
