package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.failure.report.Concentration;
import dev.reencodarr.workflows.failure.report.Concentration.Dimension;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Where unresolved final failures gather: at a worker, in a folder, in a codec, in a group. */
final class FailureConcentrations {

  private final Database database;

  FailureConcentrations(Database database) {
    this.database = database;
  }

  /** Of each dimension so many at most, those with the most failures. */
  List<Concentration> of(OffsetDateTime since, int limit) {
    Map<Dimension, List<Named>> named = named(since);
    return named.entrySet().stream()
        .flatMap(entry -> concentrations(entry.getKey(), entry.getValue(), since, limit).stream())
        .toList();
  }

  private List<Concentration> concentrations(
      Dimension dimension, List<Named> named, OffsetDateTime since, int limit) {
    long all = named.stream().mapToLong(Named::failures).sum();
    List<Concentration> most =
        named.stream()
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
    Map<String, Concentration.Tried> tried =
        tried(
            dimension,
            most.stream().filter(Concentration::gathers).map(Concentration::name).toList(),
            since);
    return most.stream()
        .map(each -> Optional.ofNullable(tried.get(each.name())).map(each::of).orElse(each))
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

  /** One pass over what was tried for all names, which are three at most. */
  private Map<String, Concentration.Tried> tried(
      Dimension dimension, List<String> names, OffsetDateTime since) {
    if (names.isEmpty()) {
      return Map.of();
    }
    String all =
        dimension == Dimension.WORKER
            ? "encodes e where e.ended_at >= :since"
            : "videos v join libraries l on l.id = v.library_id and l.removed_at is null";
    String counts =
        IntStream.range(0, names.size())
            .mapToObj(n -> ", count(*) filter (where %s)".formatted(isOf(dimension, ":name" + n)))
            .collect(Collectors.joining());
    Map<String, Object> values = new HashMap<>(Map.of("since", since));
    IntStream.range(0, names.size()).forEach(n -> values.put("name" + n, names.get(n)));
    return database
        .client()
        .sql("select count(*)" + counts + " from " + all)
        .params(values)
        .query((row, _) -> {
          Map<String, Concentration.Tried> tried = new HashMap<>();
          for (int n = 0; n < names.size(); n++) {
            long here = row.getLong(n + 2);
            tried.put(names.get(n), new Concentration.Tried(here, row.getLong(1) - here));
          }
          return tried;
        })
        .single();
  }

  private static String isOf(Dimension dimension, String name) {
    return switch (dimension) {
      case WORKER -> "e.host = " + name;
      case LIBRARY_FOLDER -> "v.path = %1$s or starts_with(v.path, %1$s || '/')".formatted(name);
      case SOURCE_CODEC -> "coalesce(v.original_codec, v.codec) = " + name;
      // a name has no character that would mean anything here
      case RELEASE_GROUP -> "v.path like '%-' || " + name + " || '.%'";
    };
  }
}
