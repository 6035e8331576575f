package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What the plain report leaves out.
 *
 * @param concentrations where unresolved failures gather, the most failures first
 * @param retried attempts that were retried and rungs that were left, in the period
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Details(List<Concentration> concentrations, Trend trend, long retried) {

  public Details {
    concentrations = List.copyOf(concentrations);
  }

  /**
   * The period against the one of the same length before it.
   *
   * @param changePercent with one decimal, below 0 where fewer failed; empty where nothing had
   *     failed before
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Trend(long total, long totalBefore, OptionalDouble changePercent) {

    public static Trend of(long total, long before) {
      return new Trend(
          total,
          before,
          before == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(Math.round(1000.0 * (total - before) / before) / 10.0));
    }
  }
}
