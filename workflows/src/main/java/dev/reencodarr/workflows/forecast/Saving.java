package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.QualitySettings;

/**
 * What a size at the target comes to: the ladder may still lower it, and what saves too little is
 * left alone.
 */
final class Saving {

  /** A slower preset makes the result smaller by so much, in logarithms, for each number less. */
  private static final double OF_PRESET = 0.03;

  private Saving() {}

  /**
   * @param share of the film at the target with the first preset
   * @return bytes; 0 where the video would be left alone
   */
  static double bytes(Source source, double share, QualitySettings quality) {
    double most = quality.mostPercent(source.bytes()) / 100;
    double reached = share;
    if (share > most) {
      if (share * Math.exp(ladder(source, quality)) > most) {
        return 0;
      }
      reached = most;
    }
    double saved = source.videoBytes() * (1 - reached);
    return 100 * saved < quality.leastSavingResult() * source.bytes() ? 0 : saved;
  }

  /** By how much the last rung's result is smaller than the first's; a logarithm, 0 or below. */
  private static double ladder(Source source, QualitySettings quality) {
    int presets = quality.presets().getFirst() - quality.presets().getLast();
    double slower = -OF_PRESET * Math.max(0, presets);
    if (!quality.lowerTarget()) {
      return slower;
    }
    Metric metric = quality.scoring().metric();
    double target = quality.targetFor(source.bytes());
    double further = metric.lossOf(metric.floorFor(target)) - metric.lossOf(target);
    return slower + AtTarget.USUAL_SLOPE * Math.max(0, further);
  }
}
