package dev.reencodarr.workflows.sync;

/** What has become of a command that Sonarr or Radarr was to be given. */
public enum CommandEnd {
  /** It has come to an end there, whichever: its effect says whether it was done. */
  OVER,
  /** It was not given, since another one is at work. */
  BUSY,
  /** There was nothing to do. */
  NOT_NEEDED
}
