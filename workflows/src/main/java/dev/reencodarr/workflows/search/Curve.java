package dev.reencodarr.workflows.search;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The points of a video.
 *
 * @param points by CRF, one for each
 */
record Curve(List<SearchPoint> points) {

  /** More points than {@link #MOST_NEIGHBOURS} this near to each other: the slope is no guide. */
  private static final double NEIGHBOURHOOD = 6;

  private static final int MOST_NEIGHBOURS = 3;

  static Curve of(Collection<SearchPoint> points) {
    TreeMap<Double, SearchPoint> byCrf = new TreeMap<>();
    points.forEach(point -> byCrf.put(point.crf(), point));
    return new Curve(List.copyOf(byCrf.values()));
  }

  boolean isCrowdedAround(double crf) {
    return points.stream().filter(point -> Math.abs(point.crf() - crf) <= NEIGHBOURHOOD).count()
        > MOST_NEIGHBOURS;
  }

  /** The distance of the nearest point; infinite where there is none. */
  double distanceTo(double crf) {
    return points.stream()
        .mapToDouble(point -> Math.abs(point.crf() - crf))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }
}
