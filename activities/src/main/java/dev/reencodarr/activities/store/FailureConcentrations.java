package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.failure.report.Concentration;
import dev.reencodarr.workflows.failure.report.Concentration.Dimension;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where unresolved final failures gather: at a worker, in a folder, in a codec, in a group. */
final class FailureConcentrations {

  private static final String ENCODES = "encodes e where e.ended_at >= :since";

  /**
   * Videos that a scan or a run has come to in the period. Not those that wait for their turn, or
   * that were cancelled before it, and no links. What was delivered elsewhere is as it was found.
   */
  private static final String VIDEOS =
      """
      videos v join libraries l on l.id = v.library_id and l.removed_at is null
      where v.updated_at >= :since
        and (v.state <> 'found' or v.output_path is not null)
        and (v.state <> 'cancelled' or v.claimed_by is not null)
        and v.skip_reason is distinct from 'symlink'
      """;

  private final Database database;

  FailureConcentrations(Database database) {
    this.database = database;
  }

  /** Of each dimension so many at most, those with the most failures. */
  List<Concentration> of(OffsetDateTime since, int limit) {
    List<Concentration> most =
        named(since).entrySet().stream()
            .flatMap(entry -> most(entry.getKey(), entry.getValue(), limit).stream())
            .toList();
    Map<Boolean, List<Concentration>> gathering =
        most.stream()
            .filter(Concentration::gathers)
            .collect(Collectors.partitioningBy(FailureConcentrations::isOfAWorker));
    Map<Concentration, Concentration.Tried> tried = new HashMap<>();
    tried.putAll(tried(gathering.getOrDefault(true, List.of()), ENCODES, since));
    tried.putAll(tried(gathering.getOrDefault(false, List.of()), VIDEOS, since));
    return most.stream()
        .map(each -> Optional.ofNullable(tried.get(each)).map(each::of).orElse(each))
        .toList();
  }

  private static boolean isOfAWorker(Concentration concentration) {
    return concentration.dimension().equals(Dimension.WORKER.code());
  }

  private static List<Concentration> most(Dimension dimension, List<Named> named, int limit) {
    long all = named.stream().mapToLong(Named::failures).sum();
    return named.stream()
        .sorted(Comparator.comparingLong(Named::failures).reversed().thenComparing(Named::name))
        .limit(limit)
        .map(each ->
            new Concentration(
                dimension.code(),
                each.name(),
                each.failures(),
                all - each.failures(),
                Optional.empty()))
        .toList();
  }

  /** A name of a dimension, and how many failures have it. */
  private record Named(Dimension dimension, String name, long failures) {}

  /** One pass over the failures for all dimensions. */
  private Map<Dimension, List<Named>> named(OffsetDateTime since) {
    return database
        .client()
        .sql(
            """
            select grouping(f.host, f.library_folder, f.source_codec, f.release_group) as grouped,
                   coalesce(f.host, f.library_folder, f.source_codec, f.release_group) as name,
                   count(*) as failures
            from video_failures f where not f.resolved and
            """
                + FailureReporting.PERIOD
                + """
                 group by grouping sets
                  ((f.host), (f.library_folder), (f.source_codec), (f.release_group))
                """)
        .param("since", since)
        .query((row, _) ->
            new Named(
                dimension(row.getInt("grouped")),
                Objects.requireNonNullElse(row.getString("name"), ""),
                row.getLong("failures")))
        .list()
        .stream()
        .filter(each -> !each.name().isEmpty())
        .collect(
            Collectors.groupingBy(
                Named::dimension, () -> new EnumMap<>(Dimension.class), Collectors.toList()));
  }

  /** A bit is set for each column that a row is not grouped by, the first column's the highest. */
  private static Dimension dimension(int grouped) {
    return switch (grouped) {
      case 0b0111 -> Dimension.WORKER;
      case 0b1011 -> Dimension.LIBRARY_FOLDER;
      case 0b1101 -> Dimension.SOURCE_CODEC;
      case 0b1110 -> Dimension.RELEASE_GROUP;
      default -> throw new IllegalStateException("no dimension is grouped like " + grouped);
    };
  }

  /** One pass over what was tried for all names, which are three of a dimension at most. */
  private Map<Concentration, Concentration.Tried> tried(
      List<Concentration> names, String all, OffsetDateTime since) {
    if (names.isEmpty()) {
      return Map.of();
    }
    String counts =
        IntStream.range(0, names.size())
            .mapToObj(
                n -> ", count(*) filter (where %s)".formatted(isOf(names.get(n), ":name" + n)))
            .collect(Collectors.joining());
    Map<String, Object> values = new HashMap<>(Map.of("since", since));
    IntStream.range(0, names.size()).forEach(n -> values.put("name" + n, names.get(n).name()));
    return database
        .client()
        .sql("select count(*)" + counts + " from " + all)
        .params(values)
        .query((row, _) -> {
          Map<Concentration, Concentration.Tried> tried = new HashMap<>();
          for (int n = 0; n < names.size(); n++) {
            long here = row.getLong(n + 2);
            tried.put(names.get(n), new Concentration.Tried(here, row.getLong(1) - here));
          }
          return tried;
        })
        .single();
  }

  private static String isOf(Concentration concentration, String name) {
    return switch (Dimension.valueOf(concentration.dimension().toUpperCase(Locale.ROOT))) {
      case WORKER -> "e.host = " + name;
      case LIBRARY_FOLDER -> "v.path = %1$s or starts_with(v.path, %1$s || '/')".formatted(name);
      case SOURCE_CODEC -> "coalesce(v.original_codec, v.codec) = " + name;
      // a name has no character that would mean anything here
      case RELEASE_GROUP -> "v.path like '%-' || " + name + " || '.%'";
    };
  }
}
