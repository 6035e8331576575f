package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What to do about failures.
 *
 * @param priority {@code high}, {@code medium} or {@code low}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Recommendation(
    String priority, String category, String title, String description, String action) {}
