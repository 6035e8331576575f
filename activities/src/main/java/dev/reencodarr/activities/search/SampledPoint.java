package dev.reencodarr.activities.search;

import dev.reencodarr.workflows.search.SearchPoint;
import java.util.List;

/** What the samples of a film foretell of all of it, as ab-av1 counts it. */
final class SampledPoint {

  private SampledPoint() {}

  /**
   * One sample that was encoded and scored.
   *
   * @param point of the sample by itself: its predictions are its encode's
   * @param bytes of the sample
   * @param nanos of the encoded sample
   */
  record Measured(SearchPoint point, long bytes, long nanos) {}

  /**
   * The point of the film.
   *
   * @param samples at least one, in the film's order
   */
  static SearchPoint of(double crf, FilmLength film, List<Measured> samples) {
    double encoded = samples.stream().mapToDouble(one -> one.point().predictedBytes()).sum();
    double percent = 100 * encoded / samples.stream().mapToLong(Measured::bytes).sum();
    double share = (double) film.nanos() / samples.stream().mapToLong(Measured::nanos).sum();
    double seconds = samples.stream().mapToDouble(one -> one.point().predictedSeconds()).sum();
    List<Double> scores = samples.stream().map(one -> one.point().score()).toList();
    return new SearchPoint(
        crf,
        scores.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        percent,
        Math.min(Math.round(encoded * share), Math.round(film.bytes() * percent / 100)),
        wholeSeconds(seconds * share),
        scores);
  }

  private static double wholeSeconds(double seconds) {
    return seconds < 1 ? seconds : Math.floor(seconds);
  }
}
