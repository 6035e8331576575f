package dev.reencodarr.workflows.search;

/**
 * What one rung of the search is after.
 *
 * @param target the score to reach
 * @param floor the lowest target that a later rung may come down to; for the early verdict
 * @param band accepted above the target
 * @param step of the CRF
 * @param mostPercent the largest predicted size, in percent of the source, that is worth it
 */
public record SearchPolicy(
    double target,
    double floor,
    double band,
    double step,
    double minCrf,
    double maxCrf,
    double mostPercent) {}
