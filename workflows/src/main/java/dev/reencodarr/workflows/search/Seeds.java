package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Makes a seed of what other videos came to. What is typical of all videos counts as some more of
 * them, so that a few siblings are believed, but not blindly; a video unlike the others hardly
 * counts.
 */
public final class Seeds {

  private static final int EXAMPLES = 3;

  /** How many videos the typical spread counts for, beside that of real ones. */
  private static final double WEIGHT_OF_TYPICAL_LEVEL = 1;

  private static final double WEIGHT_OF_TYPICAL_SLOPE = 3;

  /** Who is further from the median than this many spreads is an outlier. */
  private static final double OUTLYING = 2;

  /** Of a normal distribution: its spread over the median of the distances to its middle. */
  private static final double SPREAD_OF_MEDIAN = 1.4826;

  /** Of the typical spread: siblings that agree by chance are not taken for one. */
  private static final double LEAST_SPREAD = 0.1;

  private Seeds() {}

  /**
   * The seed.
   *
   * @param origin of the videos
   * @param videos in the order of their likeness; none makes a prior
   * @param target of the search
   */
  public static Seed of(
      Seed.Origin origin, List<SearchedVideo> videos, Metric metric, double target) {
    List<SearchedVideo> teachers =
        videos.stream().filter(video -> !video.points().isEmpty()).toList();
    if (teachers.isEmpty()) {
      return Seed.prior(metric);
    }
    Belief typical = Belief.typical(metric);
    double loss = metric.lossOf(target);
    List<Belief> lessons =
        teachers.stream()
            .map(video -> Learning.from(typical, video.points(), List.of(), metric, loss))
            .toList();
    double pivot = median(lessons, lesson -> Learning.focus(lesson, loss));
    List<Taught> taught = new ArrayList<>();
    for (int index = 0; index < teachers.size(); index++) {
      taught.add(taught(lessons.get(index).pivotedAt(pivot), teachers.get(index), typical));
    }
    return new Seed(
        origin,
        teachers.size(),
        teachers.stream().limit(EXAMPLES).map(SearchedVideo::name).toList(),
        belief(taught, typical.pivotedAt(pivot)));
  }

  /** A line, and how much it is to be believed: what was measured far away is no news. */
  private record Taught(Belief line, double weight) {}

  private static Taught taught(Belief line, SearchedVideo video, Belief typical) {
    double news = 1 - Math.min(1, line.levelVariance() / typical.levelVariance());
    return new Taught(line, video.likeness() * news);
  }

  private static Belief belief(List<Taught> taught, Belief typical) {
    Mixture level =
        Mixture.of(
            taught,
            Belief::level,
            typical.level(),
            typical.levelVariance(),
            WEIGHT_OF_TYPICAL_LEVEL);
    Mixture slope =
        Mixture.of(
            taught,
            Belief::slope,
            typical.slope(),
            typical.slopeVariance(),
            WEIGHT_OF_TYPICAL_SLOPE);
    return new Belief(
        typical.pivot(), level.mean(), slope.mean(), level.variance(), slope.variance(), 0);
  }

  private static double median(List<Belief> lessons, ToDoubleFunction<Belief> figure) {
    List<Double> sorted = lessons.stream().map(figure::applyAsDouble).sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Mean and variance of a figure for the next video of the kind. */
  private record Mixture(double mean, double variance) {

    static Mixture of(
        List<Taught> taught,
        ToDoubleFunction<Belief> figure,
        double typical,
        double typicalVariance,
        double typicalWeight) {
      List<Belief> lines = taught.stream().map(Taught::line).toList();
      double middle = median(lines, figure);
      double spread =
          Math.max(
              LEAST_SPREAD * StrictMath.sqrt(typicalVariance),
              SPREAD_OF_MEDIAN
                  * median(lines, line -> Math.abs(figure.applyAsDouble(line) - middle)));
      double weight = 0;
      double sum = 0;
      double squares = 0;
      for (Taught one : taught) {
        double value = figure.applyAsDouble(one.line());
        double share = share(one, value, middle, spread);
        weight += share;
        sum += share * value;
        squares += share * (value - middle) * (value - middle);
      }
      double variance = (typicalWeight * typicalVariance + squares) / (typicalWeight + weight);
      // Who agree among themselves are believed that they differ from what is typical.
      double ofTypical = variance / typicalVariance;
      double all = ofTypical + weight;
      return new Mixture((ofTypical * typical + sum) / all, variance * (1 + 1 / all));
    }

    private static double share(Taught one, double value, double middle, double spread) {
      double off = Math.abs(value - middle) / spread;
      return one.weight() * (off <= OUTLYING ? 1 : OUTLYING / off);
    }
  }
}
