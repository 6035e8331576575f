package dev.reencodarr.workflows.forecast;

import java.util.Arrays;

/**
 * Where a figure lies.
 *
 * @param low one in ten is below
 * @param middle half are below
 * @param high one in ten is above
 */
public record Range(double low, double middle, double high) {

  private static final double TENTH = 0.1;

  /** Nothing, for sure. */
  public static Range zero() {
    return new Range(0, 0, 0);
  }

  /** Of simulated figures, at least one. */
  static Range of(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return new Range(at(sorted, TENTH), at(sorted, 0.5), at(sorted, 1 - TENTH));
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.round(part * (sorted.length - 1))];
  }
}
