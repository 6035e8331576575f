package dev.reencodarr.bench.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The runs of one benchmark made one: each figure is the median of what the runs gave. */
public final class Median {

  private Median() {}

  /**
   * The rows of the first run, in their order, with the medians of all runs.
   *
   * @param runs at least one
   */
  public static List<Row> ofRuns(List<List<Row>> runs) {
    List<Row> all = runs.stream().flatMap(List::stream).toList();
    List<Row> merged = new ArrayList<>();
    for (Row row : all) {
      if (merged.stream().noneMatch(row::isOfSame)) {
        merged.add(ofSame(all.stream().filter(row::isOfSame).toList()));
      }
    }
    return List.copyOf(merged);
  }

  private static Row ofSame(List<Row> rows) {
    Row first = rows.getFirst();
    List<Double> peers = rows.stream().flatMapToDouble(row -> row.peer().stream()).boxed().toList();
    return new Row(
        first.subject(),
        first.metric(),
        first.unit(),
        of(rows.stream().map(Row::ours).toList()),
        peers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(of(peers)),
        first.peerName(),
        first.goal());
  }

  /**
   * The middle one; of an even number the mean of the two in the middle.
   *
   * @param figures at least one
   */
  static double of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("nothing has no median");
    }
    List<Double> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
