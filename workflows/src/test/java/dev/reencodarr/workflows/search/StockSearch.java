package dev.reencodarr.workflows.search;

import java.util.function.DoubleFunction;

/** How many probes {@code ab-av1 crf-search} makes, as its documentation describes the search. */
final class StockSearch {

  private static final double MIN = 5;
  private static final double MAX = 70;
  private static final double STEP = 0.25;

  private StockSearch() {}

  static int probes(DoubleFunction<SearchPoint> video, double target) {
    double better = Double.NaN;
    double worse = Double.NaN;
    double crf = 37.5;
    for (int attempt = 1; ; attempt++) {
      double score = video.apply(crf).score();
      double tolerance = Math.max(0.1, 0.1 * STEP * Math.pow(2, attempt - 1));
      if (score > target && score < target + tolerance) {
        return attempt;
      }
      if (score > target) {
        better = crf;
      } else {
        worse = crf;
      }
      if (crf == MAX || crf == MIN || worse - better <= STEP) {
        return attempt;
      }
      crf = nextCrf(video, target, better, worse, attempt);
    }
  }

  private static double nextCrf(
      DoubleFunction<SearchPoint> video, double target, double better, double worse, int attempt) {
    if (Double.isNaN(worse)) {
      return attempt == 1 ? onGrid(0.4 * better + 0.6 * MAX) : MAX;
    }
    if (Double.isNaN(better)) {
      return attempt == 1 ? onGrid(0.4 * worse + 0.6 * MIN) : MIN;
    }
    double high = video.apply(better).score();
    double low = video.apply(worse).score();
    double guess = onGrid(better + (worse - better) * (high - target) / (high - low));
    return Math.clamp(guess, better + STEP, worse - STEP);
  }

  private static double onGrid(double crf) {
    return MIN + Math.round((crf - MIN) / STEP) * STEP;
  }
}
