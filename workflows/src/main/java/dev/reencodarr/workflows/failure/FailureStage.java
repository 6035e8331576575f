package dev.reencodarr.workflows.failure;

import java.util.Locale;

/** The stage of a video's way in which something failed. */
public enum FailureStage {
  ANALYSIS,
  CRF_SEARCH,
  ENCODING,
  POST_PROCESS;

  /** The name in the database, the command line and JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
