package dev.reencodarr.workflows.failure.report;

import java.util.OptionalInt;

/**
 * Which report is wanted; as JSON it may leave both out. What lies outside of a range is taken for
 * the nearest within.
 *
 * @param days back from now, 1 to {@value #MOST_DAYS}; else 7
 * @param limit of the entries of each list, 1 to 100; else 10
 */
public record ReportOrder(OptionalInt days, OptionalInt limit) {

  /** The longest period, a hundred years. */
  public static final int MOST_DAYS = 36_500;

  /** Days of a report for which none are named. */
  public static final int USUAL_DAYS = 7;

  /** Entries of each list for which no limit is named. */
  public static final int USUAL_ENTRIES = 10;

  /** More do not fit through Temporal. */
  private static final int MOST = 100;

  /** The usual report. */
  public static ReportOrder usual() {
    return new ReportOrder(OptionalInt.empty(), OptionalInt.empty());
  }

  /** The days that were asked for, or the usual ones. */
  public int daysBack() {
    return Math.clamp(days.orElse(USUAL_DAYS), 1, MOST_DAYS);
  }

  /** The entries that were asked for, or the usual ones. */
  public int entries() {
    return Math.clamp(limit.orElse(USUAL_ENTRIES), 1, MOST);
  }
}
