package dev.reencodarr.workflows.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of how a video's score falls as the CRF rises.
 *
 * <p>Distances are measured in the logarithm of the loss, 100 − score, which grows by {@link
 * #TYPICAL_SLOPE} per CRF in a typical video.
 *
 * @param points by CRF, one for each
 */
record Curve(List<SearchPoint> points) {

  private static final double TYPICAL_SLOPE = 0.065;
  private static final double FLATTEST_SLOPE = 0.025;
  private static final double STEEPEST_SLOPE = 0.16;

  /** The CRF at which a typical video has lost five points. */
  private static final double CRF_AT_95 = 29;

  private static final double TYPICAL_LOSS = 5;

  /** Scores are clipped near 100: there the curve says little, and less than this nothing. */
  private static final double LEAST_LOSS = 0.3;

  private static final double LONGEST_JUMP = 16;

  /** More points than {@link #MOST_NEIGHBOURS} this near to each other: the slope is no guide. */
  private static final double NEIGHBOURHOOD = 6;

  private static final int MOST_NEIGHBOURS = 3;

  /** Points closer than this say more about noise than about the slope. */
  private static final double SHORTEST_SECANT = 1;

  static Curve of(List<SearchPoint> points) {
    TreeMap<Double, SearchPoint> byCrf = new TreeMap<>();
    points.forEach(point -> byCrf.put(point.crf(), point));
    return new Curve(List.copyOf(byCrf.values()));
  }

  /** The CRF at which a typical video has this score. */
  static double typicalCrf(double score) {
    return CRF_AT_95 + (loss(score) - Math.log(TYPICAL_LOSS)) / TYPICAL_SLOPE;
  }

  /** The CRF between two points at which the score is to be expected. */
  double between(SearchPoint better, SearchPoint worse, double score) {
    double width = worse.crf() - better.crf();
    double rise = loss(worse.score()) - loss(better.score());
    if (rise <= 0) {
      return better.crf() + width / 2;
    }
    return better.crf() + width * (loss(score) - loss(better.score())) / rise;
  }

  /** The CRF above the best-known one at which the score is to be expected. */
  double beyond(SearchPoint last, double score) {
    double distance = Math.max(0, loss(score) - loss(last.score()));
    return last.crf() + jump(last, distance);
  }

  /** The CRF below the lowest known one at which the score is to be expected. */
  double before(SearchPoint first, double score) {
    double distance = Math.max(0, loss(first.score()) - loss(score));
    return first.crf() - jump(first, distance);
  }

  /**
   * Goes as far as the slope says; where points lie crowded or hardly differ, further each time.
   */
  private double jump(SearchPoint end, double distance) {
    Optional<SearchPoint> neighbour =
        points.stream()
            .filter(point -> Math.abs(point.crf() - end.crf()) >= SHORTEST_SECANT)
            .min(Comparator.comparingDouble(point -> Math.abs(point.crf() - end.crf())));
    double slope = neighbour.map(other -> slope(other, end)).orElse(TYPICAL_SLOPE);
    double bounded = Math.clamp(slope, FLATTEST_SLOPE, STEEPEST_SLOPE);
    double leastJump = 0;
    if (isCrowdedAround(end)) {
      leastJump = Double.MAX_VALUE;
    } else if (neighbour.isPresent() && slope < FLATTEST_SLOPE) {
      leastJump = 2 * Math.abs(neighbour.get().crf() - end.crf());
    }
    return Math.max(leastJump, Math.min(LONGEST_JUMP, distance / bounded));
  }

  private boolean isCrowdedAround(SearchPoint end) {
    return points.stream()
            .filter(point -> Math.abs(point.crf() - end.crf()) <= NEIGHBOURHOOD)
            .count()
        > MOST_NEIGHBOURS;
  }

  private static double slope(SearchPoint from, SearchPoint to) {
    return (loss(to.score()) - loss(from.score())) / (to.crf() - from.crf());
  }

  private static double loss(double score) {
    return Math.log(Math.max(LEAST_LOSS, 100 - score));
  }
}
