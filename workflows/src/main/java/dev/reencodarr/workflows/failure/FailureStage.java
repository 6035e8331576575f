package dev.reencodarr.workflows.failure;

import java.util.Locale;

/** The stage of a video's way in which something failed, with the categories that it knows. */
public enum FailureStage {
  ANALYSIS,
  CRF_SEARCH,
  ENCODING,
  POST_PROCESS;

  /** Whether a failure of this stage may be of this category. */
  public boolean allows(FailureCategory category) {
    return switch (category) {
      // A disk fills up and a program hangs wherever work is done.
      case FILE_ACCESS, CONFIGURATION, SYSTEM_ENVIRONMENT, RESOURCE_EXHAUSTION, TIMEOUT, UNKNOWN ->
          true;
      case MEDIAINFO_PARSING -> this == ANALYSIS;
      case VALIDATION -> this == ANALYSIS || this == POST_PROCESS;
      case VMAF_CALCULATION, CRF_OPTIMIZATION, SIZE_LIMITS, PRESET_RETRY -> this == CRF_SEARCH;
      case PROCESS_FAILURE, CODEC_ISSUES -> this == CRF_SEARCH || this == ENCODING;
      case FILE_OPERATIONS, SYNC_INTEGRATION, CLEANUP -> this == POST_PROCESS;
    };
  }

  /** The name in the database, the command line and JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #code()}.
   *
   * @throws IllegalArgumentException if no stage has this name
   */
  public static FailureStage parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
