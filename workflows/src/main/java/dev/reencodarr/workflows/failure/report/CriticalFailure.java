package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.reencodarr.workflows.failure.FailureCategory;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An unresolved final failure that says more of machines than of a video.
 *
 * @param severity {@code high}, {@code medium} or {@code low}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CriticalFailure(
    long id,
    Optional<String> videoId,
    Optional<String> videoPath,
    String stage,
    String category,
    String code,
    String message,
    Instant occurredAt,
    String severity) {

  /** Whatever is of one of these is critical. */
  public static final Set<FailureCategory> CATEGORIES =
      Set.of(
          FailureCategory.RESOURCE_EXHAUSTION,
          FailureCategory.SYSTEM_ENVIRONMENT,
          FailureCategory.TIMEOUT);

  private static final Set<String> KILLED = Set.of("EXIT_137", "EXIT_143");

  /** Whatever has one of these is critical, of whatever category. */
  public static final Set<String> CODES =
      Set.of("EXIT_137", "EXIT_143", "TIMEOUT", "RESOURCE_MEMORY", "RESOURCE_DISK", "ENV");

  /** Whether a failure is critical. */
  public static boolean isCritical(FailureCategory category, String code) {
    return CATEGORIES.contains(category) || CODES.contains(code);
  }

  /** How bad a critical failure is. */
  public static String severity(FailureCategory category, String code) {
    if (KILLED.contains(code)) {
      return "high";
    }
    return switch (category) {
      case RESOURCE_EXHAUSTION, SYSTEM_ENVIRONMENT -> "high";
      case TIMEOUT -> "medium";
      default -> "low";
    };
  }
}
