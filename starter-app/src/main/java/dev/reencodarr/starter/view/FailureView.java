package dev.reencodarr.starter.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.workflows.failure.report.Advice;
import java.time.Instant;
import java.util.Optional;

/**
 * A failure in JSON: a contract with other programs.
 *
 * @param isFinal {@code final} in JSON: false for an attempt that was retried or a rung that was
 *     followed by another
 */
public record FailureView(
    long id,
    Optional<String> videoId,
    String stage,
    String category,
    String code,
    String message,
    String advice,
    int retryCount,
    @com.fasterxml.jackson.annotation.JsonProperty("final") boolean isFinal,
    boolean resolved,
    Optional<Instant> resolvedAt,
    Instant insertedAt,
    JsonNode systemContext) {

  public static FailureView of(FailureRow row) {
    return new FailureView(
        row.id(),
        row.video().map(Object::toString),
        row.stage().code(),
        row.category().code(),
        row.code(),
        row.message(),
        Advice.about(row.code()),
        row.retryCount(),
        row.isFinal(),
        row.resolvedAt().isPresent(),
        row.resolvedAt(),
        row.insertedAt(),
        row.context());
  }
}
