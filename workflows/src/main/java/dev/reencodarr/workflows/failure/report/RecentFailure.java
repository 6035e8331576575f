package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Optional;

/**
 * An unresolved failure.
 *
 * @param videoId empty for a failure of a sync, a worker or the system, and once the video is gone
 * @param videoPath as for {@code videoId}
 * @param retryCount attempts before it
 * @param context what was known of machine, tools and program at the time
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RecentFailure(
    long id,
    Optional<String> videoId,
    Optional<String> videoPath,
    String stage,
    String category,
    String code,
    String message,
    int retryCount,
    Instant occurredAt,
    JsonNode context) {}
