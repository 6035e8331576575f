package dev.reencodarr.workflows.search;

import java.util.OptionalDouble;

/**
 * The second try of an encode whose result, as a whole, fell short of the target: how many CRFs
 * lower makes up for what is missing.
 */
public final class Correction {

  private static final double FLATTEST = 0.02;
  private static final double STEEPEST = 0.12;

  private Correction() {}

  /**
   * The CRF of the second try, on the grid: at least one step lower.
   *
   * @param crf of the first
   * @param score that its result has
   * @param slope of the loss for each CRF, as the search has learnt it
   * @return empty where no lower CRF may be taken
   */
  public static OptionalDouble crf(double crf, double score, double slope, SearchPolicy policy) {
    double missing = policy.metric().lossOf(score) - policy.metric().lossOf(policy.target());
    double lower = crf - Math.max(0, missing) / Math.clamp(slope, FLATTEST, STEEPEST);
    Grid grid = new Grid(policy);
    int index = Math.min(grid.atOrBelow(lower), grid.atOrAbove(crf) - 1);
    if (grid.atOrAbove(crf) < 1) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(grid.crf(Math.max(0, index)));
  }

  /** What a point would be at a lower CRF: its score as promised, its size larger. */
  public static SearchPoint expected(SearchPoint point, double crf) {
    double larger = StrictMath.exp(Prospects.SHRINKING * (point.crf() - crf));
    return new SearchPoint(
        crf,
        point.score(),
        point.predictedPercent() * larger,
        Math.round(point.predictedBytes() * larger),
        point.predictedSeconds());
  }
}
