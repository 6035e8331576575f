package dev.reencodarr.workflows.failure;

import java.util.Locale;

/** The kind of a failure; which stage knows which stands in {@code docs/failures.md}. */
public enum FailureCategory {
  FILE_ACCESS,
  MEDIAINFO_PARSING,
  VALIDATION,
  VMAF_CALCULATION,
  CRF_OPTIMIZATION,
  SIZE_LIMITS,
  PRESET_RETRY,
  PROCESS_FAILURE,
  RESOURCE_EXHAUSTION,
  CODEC_ISSUES,
  TIMEOUT,
  FILE_OPERATIONS,
  SYNC_INTEGRATION,
  CLEANUP,
  CONFIGURATION,
  SYSTEM_ENVIRONMENT,
  UNKNOWN;

  /** The name in the database, the command line and JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads {@link #code()}.
   *
   * @throws IllegalArgumentException if no category has this name
   */
  public static FailureCategory parse(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
