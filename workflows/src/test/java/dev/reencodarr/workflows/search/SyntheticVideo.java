package dev.reencodarr.workflows.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** A video whose curve is a formula; the same CRF always measures the same. */
record SyntheticVideo(
    String kind,
    long seed,
    DoubleUnaryOperator scoreAt,
    DoubleUnaryOperator percentAt,
    double noise) {

  /** What is lost grows by a factor with each CRF, as in most real videos. */
  static SyntheticVideo exponential(Random random) {
    double slope = 0.035 + 0.06 * random.nextDouble();
    double crfAt95 = 27 + 8 * random.nextGaussian();
    return new SyntheticVideo(
        "exponential",
        random.nextLong(),
        crf -> 100 - 5 * Math.exp(slope * (crf - crfAt95)),
        sizes(random),
        0);
  }

  /** A parabola that bends down towards high CRFs. */
  static SyntheticVideo concave(Random random) {
    double top = 96 + 4 * random.nextDouble();
    double bend = 0.001 + 0.012 * random.nextDouble();
    return new SyntheticVideo(
        "concave", random.nextLong(), crf -> top - bend * crf * crf, sizes(random), 0);
  }

  static SyntheticVideo flat(Random random) {
    double score = 80 + 20 * random.nextDouble();
    return new SyntheticVideo("flat", random.nextLong(), crf -> score, sizes(random), 0);
  }

  static SyntheticVideo steep(Random random) {
    double edge = 5 + 65 * random.nextDouble();
    return new SyntheticVideo(
        "steep", random.nextLong(), crf -> crf < edge ? 99 : 40, sizes(random), 0);
  }

  static SyntheticVideo noisy(Random random) {
    SyntheticVideo smooth = exponential(random);
    return new SyntheticVideo(
        "noisy", smooth.seed, smooth.scoreAt, smooth.percentAt, 0.1 + random.nextDouble());
  }

  static SyntheticVideo chaotic(Random random) {
    return new SyntheticVideo("chaotic", random.nextLong(), crf -> 93, sizes(random), 8);
  }

  static SyntheticVideo anyKind(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> exponential(random);
      case 1 -> concave(random);
      case 2 -> flat(random);
      case 3 -> steep(random);
      case 4 -> noisy(random);
      default -> chaotic(random);
    };
  }

  private static DoubleUnaryOperator sizes(Random random) {
    double at30 = Math.exp(Math.log(30) + 0.8 * random.nextGaussian());
    double shrinking = 0.04 + 0.05 * random.nextDouble();
    return crf -> at30 * Math.exp(-shrinking * (crf - 30));
  }

  /** The same curve of a video that is always small enough. */
  SyntheticVideo alwaysSmall() {
    return new SyntheticVideo(kind, seed, scoreAt, crf -> 60 - crf / 2, noise);
  }

  SearchPoint measure(double crf) {
    double scatter =
        noise == 0 ? 0 : noise * new Random(seed ^ Double.hashCode(crf)).nextGaussian();
    double score = Math.clamp(scoreAt.applyAsDouble(crf) + scatter, 0, 100);
    return new SearchPoint(crf, score, percentAt.applyAsDouble(crf), 1, 1);
  }

  /** Every CRF of the policy's range, measured. */
  List<SearchPoint> everyPoint(SearchPolicy policy) {
    List<SearchPoint> all = new ArrayList<>();
    for (int i = 0; policy.minCrf() + i * policy.step() <= policy.maxCrf(); i++) {
      all.add(measure(policy.minCrf() + i * policy.step()));
    }
    return all;
  }
}
