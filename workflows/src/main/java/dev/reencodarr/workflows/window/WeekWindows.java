package dev.reencodarr.workflows.window;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Windows of the week. They go by what a clock on the wall shows: a window in an hour that is left
 * out when clocks go forward does not open on that day, one in an hour that comes twice opens
 * twice, and one that is open when clocks change is open for an hour less or more.
 *
 * @param spans apart from each other, in order
 */
public record WeekWindows(List<Span> spans) {

  private static final long DAY = Duration.ofDays(1).toSeconds();

  /** Seconds of a week, as the wall shows them. */
  static final long WEEK = 7 * DAY;

  /** The first day of the epoch was a Thursday. */
  private static final long EPOCH_IN_ITS_WEEK = 3 * DAY;

  /** Whoever finds nothing within this time would not find anything later either. */
  private static final Duration HORIZON = Duration.ofDays(30);

  /**
   * From a second of the week on, which begins on Monday, up to another and without it.
   *
   * @param from 0 to a week
   * @param until more than {@code from}, up to a week
   */
  public record Span(long from, long until) {

    private boolean contains(long second) {
      return from <= second && second < until;
    }
  }

  public WeekWindows {
    spans = merged(spans);
  }

  private static List<Span> merged(List<Span> spans) {
    List<Span> merged = new ArrayList<>();
    for (Span span : spans.stream().sorted(Comparator.comparingLong(Span::from)).toList()) {
      if (!merged.isEmpty() && span.from() <= merged.getLast().until()) {
        Span last = merged.removeLast();
        merged.add(new Span(last.from(), Math.max(last.until(), span.until())));
      } else {
        merged.add(span);
      }
    }
    return List.copyOf(merged);
  }

  /**
   * Windows as people write them: {@code mon-fri 22:00-07:00, sat-sun 00:00-24:00}.
   *
   * @throws WindowsInvalid naming what is wrong
   */
  public static WeekWindows parse(String text) throws WindowsInvalid {
    return new WindowsReader(text).read();
  }

  /** Whether a window is open. */
  public boolean isOpen(Instant at, ZoneId zone) {
    return isOpenAt(secondOfWeek(wall(at, zone.getRules())));
  }

  private boolean isOpenAt(long secondOfWeek) {
    return spans.stream().anyMatch(span -> span.contains(secondOfWeek));
  }

  /** Whether they are open all week. */
  public boolean areAlwaysOpen() {
    return spans.equals(List.of(new Span(0, WEEK)));
  }

  /** Seconds since the epoch that a clock on the wall shows. */
  private static long wall(Instant at, ZoneRules rules) {
    return at.getEpochSecond() + rules.getOffset(at).getTotalSeconds();
  }

  private static long secondOfWeek(long wall) {
    return Math.floorMod(wall + EPOCH_IN_ITS_WEEK, WEEK);
  }

  /**
   * When {@link #isOpen} will be otherwise for the first time: later than {@code at}.
   *
   * @return empty where that never happens
   */
  public Optional<Instant> nextChange(Instant at, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    boolean now = isOpen(at, zone);
    Instant end = at.plus(HORIZON);
    Instant moment = at;
    while (moment.isBefore(end)) {
      Optional<Instant> next = nextLook(moment, rules);
      if (next.isEmpty()) {
        return next;
      }
      moment = next.get();
      if (isOpen(moment, zone) != now) {
        return next;
      }
    }
    return Optional.empty();
  }

  /** The next edge of a window, unless the clocks are changed before it. */
  private Optional<Instant> nextLook(Instant moment, ZoneRules rules) {
    Optional<Instant> edge =
        untilNextEdge(secondOfWeek(wall(moment, rules)))
            .map(seconds -> Instant.ofEpochSecond(moment.getEpochSecond() + seconds));
    @Nullable ZoneOffsetTransition change = rules.nextTransition(moment);
    return Stream.concat(
            edge.stream(), Stream.ofNullable(change).map(ZoneOffsetTransition::getInstant))
        .min(Comparator.naturalOrder());
  }

  /** Seconds on the wall, at least 1, until a span begins or ends. */
  private Optional<Long> untilNextEdge(long secondOfWeek) {
    return spans.stream()
        .flatMap(span -> Stream.of(span.from(), span.until()))
        .map(edge -> Math.floorMod(edge - secondOfWeek - 1, WEEK) + 1)
        .min(Comparator.naturalOrder());
  }
}
