package dev.reencodarr.workflows.search;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Whether a video can still come to something on any rung of its ladder. Errs on the side of going
 * on: a file that could save enough is never given up.
 */
final class Prospects {

  /**
   * A later rung has a slower preset, which needs up to about a tenth less for the same score; and
   * predictions scatter. A size counts as hopeless only above the largest by this factor.
   */
  private static final double SLOWER_PRESETS = 1.15;

  /** The same, of searches that know no looks; those of earlier releases went by it. */
  private static final double SLOWER_PRESETS_WITHOUT_LOOKS = 1.25;

  /** Two points closer than this say more about noise than about a trend. */
  private static final double SHORTEST_SECANT = 1;

  /** No trend is trusted further than this many CRFs. */
  private static final double FURTHEST_TREND = 6;

  /** Sizes may fall this much faster than they did between the last two points. */
  private static final double FASTER = 1.5;

  /** How fast sizes fall with each CRF, typically: in logarithms. */
  static final double SHRINKING = 0.055;

  /** A look for a verdict is to lie safely below the floor. */
  private static final double BELOW_THE_FLOOR = 1.2;

  /**
   * The same where facts alone speak: what has few bits scores about a point less than is typical.
   */
  private static final double BELOW_THE_FLOOR_OF_THE_LEAN = 0;

  private Prospects() {}

  /**
   * Where the video seems not to be worth it on any rung, the CRF at which one look would prove it:
   * a little below the floor. Empty while there is hope.
   */
  static OptionalDouble crfOfProof(Known known, SearchPolicy policy) {
    Curve curve = known.together();
    double below = curve.points().isEmpty() ? BELOW_THE_FLOOR_OF_THE_LEAN : BELOW_THE_FLOOR;
    double loss = policy.metric().lossOf(policy.floor() - below);
    double crf = known.beliefAbout(policy.floor(), policy).crfOf(loss, Learning.FLATTEST_SLOPE);
    boolean seemsHopeless =
        curve.points().isEmpty()
            ? known.seed().expectedPercent() >= policy.mostPercent()
            : isTooLargeAt(crf, curve, policy);
    return seemsHopeless ? OptionalDouble.of(crf) : OptionalDouble.empty();
  }

  private static boolean isTooLargeAt(double crf, Curve curve, SearchPolicy policy) {
    return curve.points().stream()
        .filter(point -> point.crf() < crf)
        .max(Comparator.comparingDouble(SearchPoint::crf))
        .filter(point -> percentAt(crf, point) >= hopelessPercent(policy))
        .isPresent();
  }

  /** The size at a higher CRF, as sizes fall typically. */
  private static double percentAt(double crf, SearchPoint point) {
    return point.predictedPercent() * StrictMath.exp(-SHRINKING * (crf - point.crf()));
  }

  /**
   * Whether what is a little too large, though its score is right, may be small enough where the
   * score lies nearer to the target.
   *
   * @param point in the band
   */
  static boolean mayFitNearerToTheTarget(SearchPoint point, Known known, SearchPolicy policy) {
    double atTarget =
        known
            .beliefAbout(policy.target(), policy)
            .crfOf(policy.metric().lossOf(policy.target()), Learning.FLATTEST_SLOPE);
    return point.predictedPercent() > policy.mostPercent()
        && percentAt(Math.max(point.crf(), atTarget), point) <= policy.mostPercent();
  }

  private static double hopelessPercent(SearchPolicy policy) {
    return policy.mostPercent()
        * (policy.costOfLook() < 1 ? SLOWER_PRESETS : SLOWER_PRESETS_WITHOUT_LOOKS);
  }

  /**
   * Whether later rungs are pointless.
   *
   * @param curve the points, and looks with the best score that they may stand for
   * @param exact the points alone
   */
  static boolean areHopeless(Curve curve, Curve exact, SearchPolicy policy) {
    double hopelessPercent = hopelessPercent(policy);
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
        || leastPercentAtFloor(exact.points(), policy.floor()) >= hopelessPercent;
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
    double shrinking = StrictMath.log(before.predictedPercent() / last.predictedPercent()) / width;
    boolean isTrend =
        width >= SHORTEST_SECANT && fall > 0 && shrinking > 0 && last.score() >= floor;
    if (!isTrend) {
      return 0;
    }
    double furthest = (last.score() - floor) / fall;
    return furthest > FURTHEST_TREND
        ? 0
        : last.predictedPercent() * StrictMath.exp(-FASTER * shrinking * furthest);
  }
}
