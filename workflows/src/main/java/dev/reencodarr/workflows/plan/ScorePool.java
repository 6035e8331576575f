package dev.reencodarr.workflows.plan;

import java.util.List;

/**
 * What of the scores of a film's samples has to reach the target.
 *
 * @param percentile of the samples by score, 0 (the worst) to 100; {@link #MEAN} for their mean
 */
public record ScorePool(double percentile) {

  /** In place of a percentile. */
  public static final double MEAN = -1;

  /** The mean, as ab-av1 has it. */
  public static ScorePool mean() {
    return new ScorePool(MEAN);
  }

  /** The worst sample. */
  public static ScorePool worst() {
    return new ScorePool(0);
  }

  private boolean takesTheMean() {
    return percentile < 0;
  }

  /**
   * The score that counts.
   *
   * @param samples scores of the samples; where they are not known, the mean has to do
   */
  public double of(double mean, List<Double> samples) {
    if (takesTheMean() || samples.isEmpty()) {
      return mean;
    }
    List<Double> sorted = samples.stream().sorted().toList();
    double place = percentile / 100 * (sorted.size() - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.size() - 1);
    double share = place - below;
    return sorted.get(below) * (1 - share) + sorted.get(above) * share;
  }
}
