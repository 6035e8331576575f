package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.plan.Goal;

/**
 * In which order a goal takes videos: the larger the merit, the earlier. It is what a video is
 * expected to save, divided by a power of what it costs:
 *
 * <ul>
 *   <li>{@code space}: bytes saved, whatever they cost;
 *   <li>{@code time}: bytes saved per CPU second;
 *   <li>{@code balanced}: bytes saved per square root of a CPU second, so that of two videos that
 *       save the same for each CPU second the longer comes first, and one that saves double may
 *       cost up to four times as much.
 * </ul>
 */
public final class Merit {

  /**
   * Of a library with fewer results than these the quickest wins come first, unless its goal is
   * space: whoever is new to it sees within minutes what it does.
   */
  public static final int FIRST_RESULTS = 4;

  /** What a first result has to save at least, as a part of its source. */
  public static final double WIN = 0.2;

  private Merit() {}

  /** The power of the cost. */
  public static double powerOfCost(Goal goal) {
    return switch (goal) {
      case SPACE -> 0;
      case BALANCED -> 0.5;
      case TIME -> 1;
    };
  }

  /** Whether a goal begins with what is quickly done. */
  public static boolean beginsWithQuickWins(Goal goal) {
    return switch (goal) {
      case SPACE -> false;
      case BALANCED, TIME -> true;
    };
  }
}
