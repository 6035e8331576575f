package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.SearchPoint;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The size that a video has where it just reaches its target, from points that were measured.
 *
 * @param logShare natural logarithm of the part of the source's film
 * @param spread standard deviation of it, for want of a point at the target itself
 */
public record AtTarget(double logShare, double spread) {

  /**
   * The logarithm of the size falls by so much as the loss's rises by 1: measured on clips of
   * films, cartoons and recordings with SVT-AV1's presets 8 and 10, mostly between 0.8 and 1.6.
   */
  static final double USUAL_SLOPE = -1.2;

  private static final double FLATTEST = -0.5;
  private static final double STEEPEST = -2.5;

  /** Points closer than this say more about noise than about the slope. */
  private static final double SHORTEST_SECANT = 0.1;

  /** Further away than this, a point says nothing. */
  private static final double FURTHEST = 2;

  private static final double OF_ANY = 0.03;
  private static final double OF_WIDTH = 0.04;
  private static final double OF_JUMP = 0.4;

  /** Of a single known size, such as of a finished encode. */
  public static AtTarget of(double share, double spread) {
    return new AtTarget(Math.log(Math.max(1e-4, share)), spread);
  }

  /**
   * By interpolation between the points on both sides of the target, else from the nearest.
   *
   * @param points of one way of scoring, in any order
   * @return empty where no point is near enough
   */
  public static Optional<AtTarget> of(Metric metric, double target, List<SearchPoint> points) {
    double loss = metric.lossOf(target);
    List<SearchPoint> usable =
        points.stream().filter(point -> point.predictedPercent() > 0).toList();
    Comparator<SearchPoint> byLoss =
        Comparator.comparingDouble(point -> metric.lossOf(point.score()));
    Optional<SearchPoint> better =
        usable.stream().filter(point -> metric.lossOf(point.score()) <= loss).max(byLoss);
    Optional<SearchPoint> worse =
        usable.stream().filter(point -> metric.lossOf(point.score()) > loss).min(byLoss);
    if (better.isPresent() && worse.isPresent()) {
      return Optional.of(between(metric, loss, better.get(), worse.get()));
    }
    Optional<SearchPoint> nearest = better.or(() -> worse);
    return nearest.flatMap(
        point -> beyond(loss, metric.lossOf(point.score()), point, slope(metric, point, usable)));
  }

  private static AtTarget between(
      Metric metric, double loss, SearchPoint better, SearchPoint worse) {
    double from = metric.lossOf(better.score());
    double width = metric.lossOf(worse.score()) - from;
    double part = width > 0 ? (loss - from) / width : 0;
    double share = logShare(better) + part * (logShare(worse) - logShare(better));
    return new AtTarget(share, OF_ANY + OF_WIDTH * width);
  }

  private static Optional<AtTarget> beyond(
      double loss, double from, SearchPoint point, double slope) {
    double jump = loss - from;
    return Math.abs(jump) > FURTHEST
        ? Optional.empty()
        : Optional.of(
            new AtTarget(logShare(point) + slope * jump, OF_ANY + OF_JUMP * Math.abs(jump)));
  }

  /** Of the video's own points where they tell it, else the usual one. */
  private static double slope(Metric metric, SearchPoint end, List<SearchPoint> points) {
    double from = metric.lossOf(end.score());
    return points.stream()
        .filter(point -> Math.abs(metric.lossOf(point.score()) - from) >= SHORTEST_SECANT)
        .min(Comparator.comparingDouble(point -> Math.abs(metric.lossOf(point.score()) - from)))
        .map(point ->
            Math.clamp(
                (logShare(point) - logShare(end)) / (metric.lossOf(point.score()) - from),
                STEEPEST,
                FLATTEST))
        .orElse(USUAL_SLOPE);
  }

  private static double logShare(SearchPoint point) {
    return Math.log(point.predictedPercent() / 100);
  }
}
