package dev.reencodarr.workflows.search;

/**
 * The normal distribution, by arithmetic that is the same bit for bit on every machine, since a
 * search is replayed on others.
 */
final class Normal {

  private Normal() {}

  /** The probability of a value between the bounds. */
  static double between(double low, double high, double mean, double spread) {
    return Math.max(0, below((high - mean) / spread) - below((low - mean) / spread));
  }

  /** The share below so many spreads, to 7 digits (Abramowitz and Stegun, 26.2.17). */
  private static double below(double z) {
    double t = 1 / (1 + 0.2316419 * Math.abs(z));
    double tail =
        StrictMath.exp(-z * z / 2)
            * 0.3989422804014327
            * t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return z > 0 ? 1 - tail : tail;
  }
}
