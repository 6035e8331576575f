package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.search.SearchRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a search did in JSON: a contract with other programs.
 *
 * @param knownProbes of probes and looks, those that an earlier run had measured
 * @param seconds of those that this run has measured
 * @param seed unknown, like the rungs, where the search has no end on record
 * @param searchedAt when it ended
 */
public record SearchView(
    Optional<SeedView> seed,
    List<RungView> rungs,
    String stopped,
    int probes,
    int looks,
    int knownProbes,
    double seconds,
    Optional<Instant> searchedAt,
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
    return switch (known) {
      case KnownSearch.Ended ended -> of(ended);
      case KnownSearch.Open open -> of(open);
    };
  }

  private static SearchView of(KnownSearch.Open open) {
    SearchRecord.Cost cost = costOf(open);
    return new SearchView(
        Optional.empty(),
        List.of(),
        stateOf(open),
        cost.probes(),
        cost.looks(),
        cost.known(),
        cost.seconds(),
        Optional.empty(),
        points(open));
  }

  /** Why its end is not on record. */
  static String stateOf(KnownSearch.Open open) {
    return open.goesOn()
        ? "it goes on"
        : "how it ended is not on record: it was broken off, or an earlier release has searched";
  }

  /** What its points have cost so far. */
  static SearchRecord.Cost costOf(KnownSearch.Open open) {
    List<KnownSearch.Point> own =
        open.points().stream()
            .filter(point -> point.measured().measuredAt().isAfter(open.since()))
            .toList();
    int looks = (int) open.points().stream().filter(KnownSearch.Point::look).count();
    return new SearchRecord.Cost(
        open.points().size() - looks,
        looks,
        open.points().size() - own.size(),
        own.stream().mapToDouble(point -> point.measured().seconds()).sum());
  }

  private static SearchView of(KnownSearch.Ended ended) {
    SearchRecord search = ended.search();
    return new SearchView(
        Optional.of(
            new SeedView(
                code(search.start().origin()),
                search.start().videos(),
                search.start().examples(),
                search.start().firstCrf())),
        search.tried().stream()
            .map(rung -> new RungView(rung.preset(), rung.target(), code(rung.end())))
            .toList(),
        search.stopped(),
        search.cost().probes(),
        search.cost().looks(),
        search.cost().known(),
        search.cost().seconds(),
        Optional.of(ended.searchedAt()),
        points(ended));
  }

  private static List<PointView> points(KnownSearch known) {
    return known.points().stream().map(SearchView::point).toList();
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
