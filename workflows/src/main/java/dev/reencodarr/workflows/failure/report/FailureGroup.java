package dev.reencodarr.workflows.failure.report;

import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import java.time.Instant;
import java.util.Optional;

/**
 * The final failures of a period that have stage, category and code in common.
 *
 * @param total all of them, at least 1
 * @param resolved of these
 * @param latestUnresolved when the newest unresolved one was written; empty where none is
 */
public record FailureGroup(
    FailureStage stage,
    FailureCategory category,
    String code,
    long total,
    long resolved,
    Optional<Instant> latestUnresolved) {

  long unresolved() {
    return total - resolved;
  }
}
