package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.search.SearchRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a search did in JSON: a contract with other programs.
 *
 * @param knownProbes of probes and looks, those that an earlier run had measured
 * @param seconds of those that this run has measured
 */
public record SearchView(
    SeedView seed,
    List<RungView> rungs,
    String stopped,
    int probes,
    int looks,
    int knownProbes,
    double seconds,
    List<PointView> points) {

  /** What it began with. */
  public record SeedView(
      String origin, int videos, List<String> examples, OptionalDouble firstCrf) {}

  /** A rung of the ladder, and how it ended: found, not_reachable, too_large, hopeless, failed. */
  public record RungView(int preset, double target, String end) {}

  /** A point of a curve. */
  public record PointView(
      double crf,
      int preset,
      double score,
      boolean look,
      double predictedPercent,
      long predictedBytes,
      double seconds,
      String host,
      Instant measuredAt,
      boolean accepted) {}

  public static SearchView of(KnownSearch known) {
    SearchRecord search = known.search();
    return new SearchView(
        new SeedView(
            code(search.start().origin()),
            search.start().videos(),
            search.start().examples(),
            search.start().firstCrf()),
        search.tried().stream()
            .map(rung -> new RungView(rung.preset(), rung.target(), code(rung.end())))
            .toList(),
        search.stopped(),
        search.cost().probes(),
        search.cost().looks(),
        search.cost().known(),
        search.cost().seconds(),
        known.points().stream().map(SearchView::point).toList());
  }

  private static PointView point(KnownSearch.Point point) {
    return new PointView(
        point.crf(),
        point.preset(),
        point.score(),
        point.look(),
        point.measured().point().predictedPercent(),
        point.measured().point().predictedBytes(),
        point.measured().seconds(),
        point.measured().host(),
        point.measured().measuredAt(),
        point.accepted());
  }

  private static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
