package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * The last days in five figures.
 *
 * @param stagesAffected how many stages something failed in
 * @param mostRecent unresolved ones, the newest first, at most five
 * @param requiresAttention whether something is unresolved, or critical and stands since before
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FailureOverview(
    long totalFailures,
    long unresolvedFailures,
    int stagesAffected,
    List<RecentFailure> mostRecent,
    boolean requiresAttention) {

  /** How many of the most recent are shown. */
  public static final int MOST_RECENT = 5;

  public FailureOverview {
    mostRecent = List.copyOf(mostRecent);
  }

  /**
   * @param stands whether something critical stands since before these days
   */
  public static FailureOverview of(
      List<FailureGroup> groups, List<RecentFailure> mostRecent, boolean stands) {
    long unresolved = groups.stream().mapToLong(FailureGroup::unresolved).sum();
    return new FailureOverview(
        groups.stream().mapToLong(FailureGroup::total).sum(),
        unresolved,
        (int) groups.stream().map(FailureGroup::stage).distinct().count(),
        mostRecent,
        unresolved > 0 || stands);
  }
}
