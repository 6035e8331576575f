package dev.reencodarr.workflows.search;

/** The CRFs that may be probed: whole steps from the lowest CRF, counted from 0. */
record Grid(double minCrf, double step, int last) {

  private static final double ROUNDING = 1e-6;

  Grid(SearchPolicy policy) {
    this(
        policy.minCrf(),
        policy.step(),
        (int) Math.floor((policy.maxCrf() - policy.minCrf()) / policy.step() + ROUNDING));
  }

  double crf(int index) {
    return minCrf + index * step;
  }

  /** The nearest index; one beyond the grid where the CRF lies outside. */
  int nearest(double crf) {
    return Math.clamp(Math.round((crf - minCrf) / step), -1, last + 1);
  }

  int atOrBelow(double crf) {
    return (int) Math.floor((crf - minCrf) / step + ROUNDING);
  }

  int atOrAbove(double crf) {
    return (int) Math.ceil((crf - minCrf) / step - ROUNDING);
  }
}
