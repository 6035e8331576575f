package dev.reencodarr.workflows.failure;

import static dev.reencodarr.workflows.failure.FailureStage.ANALYSIS;
import static dev.reencodarr.workflows.failure.FailureStage.CRF_SEARCH;
import static dev.reencodarr.workflows.failure.FailureStage.ENCODING;
import static dev.reencodarr.workflows.failure.FailureStage.POST_PROCESS;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The codes of failures, each with the stages and categories that it may stand with. {@link #EXIT}
 * is a family: its codes end in a number.
 */
public enum FailureCode {
  FILE_ACCESS,
  MEDIAINFO_PARSE,
  VALIDATION,
  VMAF_CALC,
  CRF_NOT_FOUND,
  SIZE_LIMIT,
  PRESET_RETRY,
  /** {@code EXIT_<n>}: a program's exit code, 128 + k for signal k. */
  EXIT,
  RESOURCE_MEMORY,
  RESOURCE_DISK,
  RESOURCE_CPU,
  TIMEOUT,
  STALLED,
  CODEC_UNSUPPORTED,
  /** A refused result; with {@code analysis} a broken source that the refusal brought to light. */
  VERIFY_FAILED,
  FILE_OP_MOVE,
  FILE_OP_FINALIZE,
  SOURCE_CHANGED,
  SYNC_SONARR,
  SYNC_RADARR,
  CLEANUP,
  CONFIG,
  ENV,
  OPERATOR_FAILED,
  UNKNOWN;

  private static final String EXIT_PREFIX = "EXIT_";

  /** The code of a program's exit, 0 to 255; 128 + k for signal k. */
  static String exit(int code) {
    return EXIT_PREFIX + code;
  }

  /** The family of a code as it stands in rows; empty for a text that is no code. */
  public static Optional<FailureCode> of(String code) {
    if (code.matches("EXIT_\\d{1,3}")) {
      return Optional.of(EXIT);
    }
    for (FailureCode known : values()) {
      if (known != EXIT && known.name().equals(code)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** Whether a failure of this code may stand with this stage and category. */
  public boolean allows(FailureStage stage, FailureCategory category) {
    return stages().contains(stage) && categories().contains(category) && stage.allows(category);
  }

  private Set<FailureStage> stages() {
    return switch (this) {
      case FILE_ACCESS,
          EXIT,
          RESOURCE_MEMORY,
          RESOURCE_DISK,
          RESOURCE_CPU,
          TIMEOUT,
          STALLED,
          CONFIG,
          ENV,
          UNKNOWN ->
          EnumSet.allOf(FailureStage.class);
      case MEDIAINFO_PARSE, VALIDATION -> Set.of(ANALYSIS);
      case VMAF_CALC, CRF_NOT_FOUND, SIZE_LIMIT, PRESET_RETRY -> Set.of(CRF_SEARCH);
      case CODEC_UNSUPPORTED, OPERATOR_FAILED -> Set.of(CRF_SEARCH, ENCODING);
      case VERIFY_FAILED -> Set.of(ANALYSIS, POST_PROCESS);
      case FILE_OP_MOVE, FILE_OP_FINALIZE, SOURCE_CHANGED, SYNC_SONARR, SYNC_RADARR, CLEANUP ->
          Set.of(POST_PROCESS);
    };
  }

  private Set<FailureCategory> categories() {
    return switch (this) {
      case FILE_ACCESS -> Set.of(FailureCategory.FILE_ACCESS);
      case MEDIAINFO_PARSE -> Set.of(FailureCategory.MEDIAINFO_PARSING);
      case VALIDATION, VERIFY_FAILED -> Set.of(FailureCategory.VALIDATION);
      case VMAF_CALC -> Set.of(FailureCategory.VMAF_CALCULATION);
      case CRF_NOT_FOUND -> Set.of(FailureCategory.CRF_OPTIMIZATION);
      case SIZE_LIMIT -> Set.of(FailureCategory.SIZE_LIMITS);
      case PRESET_RETRY -> Set.of(FailureCategory.PRESET_RETRY);
      case EXIT ->
          Set.of(
              FailureCategory.PROCESS_FAILURE,
              FailureCategory.RESOURCE_EXHAUSTION,
              FailureCategory.CODEC_ISSUES,
              FailureCategory.CONFIGURATION,
              FailureCategory.SYSTEM_ENVIRONMENT);
      case RESOURCE_MEMORY, RESOURCE_DISK, RESOURCE_CPU ->
          Set.of(FailureCategory.RESOURCE_EXHAUSTION);
      case TIMEOUT, STALLED -> Set.of(FailureCategory.TIMEOUT);
      case CODEC_UNSUPPORTED -> Set.of(FailureCategory.CODEC_ISSUES);
      case FILE_OP_MOVE, FILE_OP_FINALIZE, SOURCE_CHANGED ->
          Set.of(FailureCategory.FILE_OPERATIONS);
      case SYNC_SONARR, SYNC_RADARR -> Set.of(FailureCategory.SYNC_INTEGRATION);
      case CLEANUP -> Set.of(FailureCategory.CLEANUP);
      case CONFIG -> Set.of(FailureCategory.CONFIGURATION);
      case ENV -> Set.of(FailureCategory.SYSTEM_ENVIRONMENT);
      case OPERATOR_FAILED -> Set.of(FailureCategory.PROCESS_FAILURE);
      case UNKNOWN -> Set.of(FailureCategory.UNKNOWN);
    };
  }
}
