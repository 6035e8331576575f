package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.MeasuredPoint;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.SearchRecord;
import java.time.Instant;
import java.util.List;

/** A search, with the points that it knows: preset by preset, of each all points by CRF. */
public sealed interface KnownSearch {

  List<Point> points();

  /** Of the scores. */
  Metric metric();

  /**
   * One that came to an end.
   *
   * @param searchedAt when
   */
  record Ended(SearchRecord search, Instant searchedAt, List<Point> points) implements KnownSearch {
    public Ended {
      points = List.copyOf(points);
    }

    @Override
    public Metric metric() {
      return search.metric();
    }
  }

  /**
   * One whose end is not on record: its points are all there is to tell.
   *
   * @param goesOn or has been broken off, or was one of a release that kept no record
   * @param since what was measured later was measured for it
   */
  record Open(Metric metric, boolean goesOn, Instant since, List<Point> points)
      implements KnownSearch {
    public Open {
      points = List.copyOf(points);
    }
  }

  /**
   * A point of a curve.
   *
   * @param measured with the score that counted
   * @param look whether it was measured as cheaply as looks are
   * @param accepted whether the search ended with it
   */
  record Point(int preset, MeasuredPoint measured, boolean look, boolean accepted) {

    double crf() {
      return measured.point().crf();
    }

    double score() {
      return measured.point().score();
    }
  }
}
