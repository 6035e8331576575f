package dev.reencodarr.workflows.failure.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Unresolved failures of one kind.
 *
 * @param count at least {@link #LEAST}: one failure is no pattern
 * @param sampleMessage of the latest, on one line, at most {@link #SAMPLE_LENGTH} characters
 */
@JsonNaming(SnakeCaseStrategy.class)
public record FailurePattern(
    String stage,
    String category,
    String code,
    long count,
    Instant latestOccurrence,
    String sampleMessage) {

  private static final long LEAST = 2;
  private static final int SAMPLE_LENGTH = 80;

  private static final Comparator<FailureGroup> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(FailureGroup::unresolved)
          .thenComparing(group -> group.latestUnresolved().orElseThrow())
          .reversed()
          .thenComparing(group -> group.stage().code())
          .thenComparing(group -> group.category().code())
          .thenComparing(FailureGroup::code);

  public FailurePattern {
    sampleMessage = shortened(sampleMessage);
  }

  /** Those groups that are patterns, the most frequent first, at most so many. */
  public static List<FailureGroup> among(List<FailureGroup> groups, int limit) {
    return groups.stream()
        .filter(group -> group.unresolved() >= LEAST)
        .sorted(MOST_FREQUENT_FIRST)
        .limit(limit)
        .toList();
  }

  /** The pattern of a group with the message of its latest failure. */
  public static FailurePattern of(FailureGroup group, String latestMessage) {
    return new FailurePattern(
        group.stage().code(),
        group.category().code(),
        group.code(),
        group.unresolved(),
        group.latestUnresolved().orElseThrow(),
        latestMessage);
  }

  private static String shortened(String message) {
    String line = message.replaceAll("\\R", " ");
    if (line.codePointCount(0, line.length()) <= SAMPLE_LENGTH) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, SAMPLE_LENGTH - 1)) + "…";
  }
}
