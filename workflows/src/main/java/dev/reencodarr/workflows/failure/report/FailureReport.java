package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The final failures of the last days. Attempts that were retried and rungs that were followed by
 * another are in none of its numbers but those of {@link Details}.
 *
 * @param byStage the stage with most failures first
 * @param byCategory the same for categories
 * @param commonPatterns the most frequent first
 * @param recentFailures unresolved ones, the newest first
 * @param resolutionRate percent with one decimal; empty without failures
 * @param recommendations the most urgent first
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FailureReport(
    Summary summary,
    List<StageTotal> byStage,
    List<CategoryTotal> byCategory,
    List<FailurePattern> commonPatterns,
    List<RecentFailure> recentFailures,
    OptionalDouble resolutionRate,
    List<Recommendation> recommendations,
    Details details) {

  public FailureReport {
    byStage = List.copyOf(byStage);
    byCategory = List.copyOf(byCategory);
    commonPatterns = List.copyOf(commonPatterns);
    recentFailures = List.copyOf(recentFailures);
    recommendations = List.copyOf(recommendations);
  }

  /**
   * The period as a whole.
   *
   * @param resolutionRatePercent with one decimal; 0 without failures
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Summary(
      long totalFailures,
      long resolvedFailures,
      long unresolvedFailures,
      double resolutionRatePercent,
      int periodDays) {}

  /** A stage, with its categories. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record StageTotal(
      String stage,
      long totalCount,
      long resolvedCount,
      long unresolvedCount,
      List<CategoryCount> categories) {}

  /** A category within a stage. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record CategoryCount(String category, long count, long resolvedCount) {}

  /** A category, with its stages. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record CategoryTotal(
      String category,
      long totalCount,
      long resolvedCount,
      long unresolvedCount,
      List<StageCount> stages) {}

  /** A stage within a category. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record StageCount(String stage, long count, long resolvedCount) {}

  /**
   * Puts a report together.
   *
   * @param groups every group of the period
   */
  public static FailureReport of(
      int periodDays,
      List<FailureGroup> groups,
      List<FailurePattern> patterns,
      List<RecentFailure> recent,
      Details details) {
    Tally all = Tally.of(groups);
    return new FailureReport(
        new Summary(all.total, all.resolved, all.unresolved(), all.rate().orElse(0), periodDays),
        stages(groups),
        categories(groups),
        patterns,
        recent,
        all.rate(),
        Recommendations.of(groups, patterns, details.concentrations()),
        details);
  }

  private static List<StageTotal> stages(List<FailureGroup> groups) {
    return tallies(groups, group -> group.stage().code())
        .map(entry ->
            new StageTotal(
                entry.getKey(),
                entry.getValue().total,
                entry.getValue().resolved,
                entry.getValue().unresolved(),
                tallies(entry.getValue().groups, group -> group.category().code())
                    .map(each ->
                        new CategoryCount(
                            each.getKey(), each.getValue().total, each.getValue().resolved))
                    .toList()))
        .toList();
  }

  private static List<CategoryTotal> categories(List<FailureGroup> groups) {
    return tallies(groups, group -> group.category().code())
        .map(entry ->
            new CategoryTotal(
                entry.getKey(),
                entry.getValue().total,
                entry.getValue().resolved,
                entry.getValue().unresolved(),
                tallies(entry.getValue().groups, group -> group.stage().code())
                    .map(each ->
                        new StageCount(
                            each.getKey(), each.getValue().total, each.getValue().resolved))
                    .toList()))
        .toList();
  }

  /** The largest first, equal ones by name. */
  private static java.util.stream.Stream<Map.Entry<String, Tally>> tallies(
      List<FailureGroup> groups, Function<FailureGroup, String> name) {
    Map<String, List<FailureGroup>> byName =
        groups.stream().collect(Collectors.groupingBy(name, TreeMap::new, Collectors.toList()));
    return byName.entrySet().stream()
        .map(entry -> Map.entry(entry.getKey(), Tally.of(entry.getValue())))
        .sorted(Comparator.comparingLong(entry -> -entry.getValue().total));
  }

  /** Groups and their sums. */
  private record Tally(List<FailureGroup> groups, long total, long resolved) {

    static Tally of(List<FailureGroup> groups) {
      return new Tally(
          groups,
          groups.stream().mapToLong(FailureGroup::total).sum(),
          groups.stream().mapToLong(FailureGroup::resolved).sum());
    }

    long unresolved() {
      return total - resolved;
    }

    OptionalDouble rate() {
      return total == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.round(1000.0 * resolved / total) / 10.0);
    }
  }
}
