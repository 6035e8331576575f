package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;

/**
 * What one rung of the search is after.
 *
 * @param metric of scores, target and band
 * @param target the score to reach
 * @param floor the lowest target that a later rung may come down to; for the early verdict
 * @param band accepted above the target
 * @param step of the CRF
 * @param mostPercent the largest predicted size, in percent of the source, that is worth it
 * @param costOfLook of a cheap look, as a share of a probe's; 1 where there are none
 */
public record SearchPolicy(
    Metric metric,
    double target,
    double floor,
    double band,
    double step,
    double minCrf,
    double maxCrf,
    double mostPercent,
    double costOfLook) {

  /** By VMAF, without looks. */
  public SearchPolicy(
      double target,
      double floor,
      double band,
      double step,
      double minCrf,
      double maxCrf,
      double mostPercent) {
    this(Metric.VMAF, target, floor, band, step, minCrf, maxCrf, mostPercent, 1);
  }

  /** The same without cheap looks. */
  public SearchPolicy withoutLooks() {
    return new SearchPolicy(metric, target, floor, band, step, minCrf, maxCrf, mostPercent, 1);
  }

  /** The same for a score in the half of the band below this one that is nearer to the target. */
  SearchPolicy nearer(double score) {
    return new SearchPolicy(
        metric, target, floor, (score - target) / 2, step, minCrf, maxCrf, mostPercent, costOfLook);
  }
}
