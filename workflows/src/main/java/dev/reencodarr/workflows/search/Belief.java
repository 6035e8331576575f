package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;

/**
 * What is believed of how a video's loss ({@link Metric#lossOf}) rises with the CRF: a straight
 * line that is not quite certain, about which measured points teach (Bayesian linear regression).
 *
 * @param pivot the CRF at which the level is told
 * @param level loss there
 * @param slope loss for each CRF
 * @param levelVariance how uncertain the level is, squared
 * @param slopeVariance how uncertain the slope is, squared
 * @param covariance of the two
 */
public record Belief(
    double pivot,
    double level,
    double slope,
    double levelVariance,
    double slopeVariance,
    double covariance) {

  /** Medians and spreads of real videos with SVT-AV1, at the CRF where most searches end. */
  private static final double TYPICAL_PIVOT = 30;

  private static final double TYPICAL_VMAF_AT_PIVOT = 94;
  private static final double TYPICAL_XPSNR_AT_PIVOT = 40;
  private static final double TYPICAL_LEVEL_SPREAD = 0.5;
  private static final double TYPICAL_SLOPE = 0.05;
  private static final double TYPICAL_SLOPE_SPREAD = 0.013;

  /** Scores of one CRF scatter by less than this between samples of a measurement repeated. */
  private static final double NOISE = 0.004;

  /** Real curves bend: a line through a point is off by so much, times the distance squared. */
  private static final double BEND = 0.0004;

  /** Two looks nearer than this tell nothing of the slope. */
  private static final double LEAST_SPREAD_OF_LOOKS = 2;

  private static final double LEAST_SLOPE = 0.012;

  /** What a spread is at least, so that no division by it fails. */
  private static final double LEAST_VARIANCE = 1e-8;

  /** What a video is like of which nothing is known. */
  static Belief typical(Metric metric) {
    double score =
        switch (metric) {
          case VMAF -> TYPICAL_VMAF_AT_PIVOT;
          case XPSNR -> TYPICAL_XPSNR_AT_PIVOT;
        };
    return new Belief(
        TYPICAL_PIVOT,
        metric.lossOf(score),
        TYPICAL_SLOPE,
        square(TYPICAL_LEVEL_SPREAD),
        square(TYPICAL_SLOPE_SPREAD),
        0);
  }

  /** The loss that is to be expected at a CRF. */
  double at(double crf) {
    return level + slope * (crf - pivot);
  }

  /** The spread (standard deviation) of the line there. */
  double spreadAt(double crf) {
    return Math.sqrt(Math.max(LEAST_VARIANCE, varianceAt(crf)));
  }

  private double varianceAt(double crf) {
    double distance = crf - pivot;
    return levelVariance + 2 * distance * covariance + square(distance) * slopeVariance;
  }

  /** How far the CRF of a loss may lie from where it is believed, at least 2. */
  double spreadOfCrf(double crf) {
    return Math.max(LEAST_SPREAD_OF_LOOKS, spreadAt(crf) / Math.max(slope, LEAST_SLOPE));
  }

  /** How many CRFs the band of scores above the target covers. */
  double widthOf(SearchPolicy policy) {
    double most = policy.metric().lossOf(policy.target());
    double least = policy.metric().lossOf(policy.target() + policy.band());
    return Math.max(policy.step(), (most - least) / Math.max(slope, LEAST_SLOPE));
  }

  /** The CRF at which so much is lost. */
  double crfOf(double loss, double leastSlope) {
    return pivot + (loss - level) / Math.max(slope, leastSlope);
  }

  /**
   * What is believed once a point is known.
   *
   * @param focus the CRF about which something is to be learnt: points far from it teach less
   * @param noise spread of the point's own loss beyond what every measurement has
   */
  Belief knowing(double crf, double loss, double focus, double noise) {
    double distance = crf - pivot;
    double uncertainty =
        square(NOISE) + square(noise) + square(BEND * square(crf - focus)) + LEAST_VARIANCE;
    double total = varianceAt(crf) + uncertainty;
    double levelGain = (levelVariance + distance * covariance) / total;
    double slopeGain = (covariance + distance * slopeVariance) / total;
    double surprise = loss - at(crf);
    return new Belief(
        pivot,
        level + levelGain * surprise,
        slope + slopeGain * surprise,
        levelVariance - levelGain * (levelVariance + distance * covariance),
        slopeVariance - slopeGain * (covariance + distance * slopeVariance),
        covariance - levelGain * (covariance + distance * slopeVariance));
  }

  /** How far a curve may have bent away from a line since the nearest of its points. */
  static double bend(double distance) {
    return NOISE + BEND * square(distance);
  }

  /** The same line, told at another CRF. */
  Belief pivotedAt(double crf) {
    return new Belief(
        crf,
        at(crf),
        slope,
        varianceAt(crf),
        slopeVariance,
        covariance + (crf - pivot) * slopeVariance);
  }

  /** The same line, less certain. */
  Belief widened(double levelSpread, double slopeSpread) {
    return new Belief(
        pivot,
        level,
        slope,
        levelVariance + square(levelSpread),
        slopeVariance + square(slopeSpread),
        covariance);
  }

  private static double square(double value) {
    return value * value;
  }
}
