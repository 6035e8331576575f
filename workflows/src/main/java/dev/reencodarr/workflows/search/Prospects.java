package dev.reencodarr.workflows.search;

import java.util.List;

/**
 * Whether a video can still come to something on any rung of its ladder. Errs on the side of going
 * on: a file that could save enough is never given up.
 */
final class Prospects {

  /**
   * A later rung has a slower preset, which needs up to about a tenth less for the same score; and
   * predictions scatter. A size counts as hopeless only above the largest by this factor.
   */
  private static final double SLOWER_PRESETS = 1.25;

  /** Two points closer than this say more about noise than about a trend. */
  private static final double SHORTEST_SECANT = 1;

  /** No trend is trusted further than this many CRFs. */
  private static final double FURTHEST_TREND = 6;

  /** Sizes may fall this much faster than they did between the last two points. */
  private static final double FASTER = 1.5;

  private Prospects() {}

  static boolean areHopeless(Curve curve, SearchPolicy policy) {
    double hopelessPercent = policy.mostPercent() * SLOWER_PRESETS;
    boolean anyIsWorthIt =
        curve.points().stream()
            .anyMatch(point ->
                point.score() >= policy.floor()
                    && point.predictedPercent() <= policy.mostPercent());
    if (anyIsWorthIt) {
      return false;
    }
    return curve.points().stream()
            .anyMatch(point ->
                point.score() < policy.floor() && point.predictedPercent() >= hopelessPercent)
        || leastPercentAtFloor(curve.points(), policy.floor()) >= hopelessPercent;
  }

  /**
   * A lower bound of the size at the floor, where all that is known lies above the floor. A curve
   * that bends down meets the floor no later than its last secant does; 0 where nothing is sure.
   */
  private static double leastPercentAtFloor(List<SearchPoint> points, double floor) {
    if (points.size() < 2) {
      return 0;
    }
    SearchPoint last = points.getLast();
    SearchPoint before = points.get(points.size() - 2);
    double width = last.crf() - before.crf();
    double fall = (before.score() - last.score()) / width;
    double shrinking = Math.log(before.predictedPercent() / last.predictedPercent()) / width;
    boolean isTrend =
        width >= SHORTEST_SECANT && fall > 0 && shrinking > 0 && last.score() >= floor;
    if (!isTrend) {
      return 0;
    }
    double furthest = (last.score() - floor) / fall;
    return furthest > FURTHEST_TREND
        ? 0
        : last.predictedPercent() * Math.exp(-FASTER * shrinking * furthest);
  }
}
