package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.MeasuredPoint;
import dev.reencodarr.workflows.search.SearchRecord;
import java.util.List;

/**
 * A search that came to an end, with the points that it knew.
 *
 * @param points preset by preset in the order of the ladder, of each the looks beside the points,
 *     by CRF
 */
public record KnownSearch(SearchRecord search, List<Point> points) {

  public KnownSearch {
    points = List.copyOf(points);
  }

  /**
   * A point of a curve.
   *
   * @param measured with the score that counted
   * @param look whether it was measured as cheaply as looks are
   * @param accepted whether the search ended with it
   */
  public record Point(int preset, MeasuredPoint measured, boolean look, boolean accepted) {

    double crf() {
      return measured.point().crf();
    }

    double score() {
      return measured.point().score();
    }
  }
}
