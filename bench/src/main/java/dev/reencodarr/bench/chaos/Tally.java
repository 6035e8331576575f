package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.figure.Goal;
import dev.reencodarr.bench.figure.Row;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the batches came to. */
final class Tally {

  private static final String SUBJECT = "chaos";

  private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);
  private final Map<Violation.Kind, Integer> violations = new EnumMap<>(Violation.Kind.class);
  private int missed;
  private int runs;
  private int failed;
  private int needless;
  private double longestRecovery;
  private double seconds;

  Tally() {
    for (Violation.Kind kind : Violation.Kind.values()) {
      violations.put(kind, 0);
    }
  }

  /** A fault that came to its moment. */
  synchronized void fault(FaultKind kind, boolean hit) {
    if (hit) {
      faults.merge(kind, 1, Integer::sum);
    } else {
      missed++;
    }
  }

  /** What was found wrong in a batch. */
  void found(List<Violation> found) {
    found.forEach(each -> violations.merge(each.kind(), 1, Integer::sum));
  }

  /**
   * A batch that has come to rest.
   *
   * @param films of it
   * @param failedFilms that ended as failed before they were tried again
   * @param encodesAgain encodes beyond one for each film
   * @param recovery seconds from the end of the last fault to rest
   * @param took seconds of all of it
   */
  void batch(int films, int failedFilms, int encodesAgain, double recovery, double took) {
    runs += films;
    failed += failedFilms;
    needless += encodesAgain;
    longestRecovery = Math.max(longestRecovery, recovery);
    seconds += took;
  }

  /**
   * All of it; there is no peer, since no other program has been hit so.
   *
   * @param wanted films that were to be run
   */
  List<Row> rows(int wanted) {
    List<Row> rows = new ArrayList<>();
    rows.add(row("films run, of " + wanted, "", runs, Goal.none()));
    violations.forEach((kind, count) -> rows.add(row(kind.text(), "", count, new Goal.AtMost(0))));
    rows.add(row("films that failed before they were tried again", "", failed, Goal.none()));
    rows.add(row("encodes beyond one for each film", "", needless, Goal.none()));
    rows.add(row("longest from the last fault to rest", "s", longestRecovery, Goal.none()));
    rows.add(row("time for each film", "s", runs == 0 ? 0 : seconds / runs, Goal.none()));
    int all = faults.values().stream().mapToInt(Integer::intValue).sum();
    rows.add(row("faults", "", all, Goal.none()));
    faults.forEach(
        (kind, count) -> rows.add(row("faults: " + kind.text(), "", count, Goal.none())));
    rows.add(row("faults whose moment never came", "", missed, Goal.none()));
    return List.copyOf(rows);
  }

  private static Row row(String metric, String unit, double ours, Goal goal) {
    return Row.alone(SUBJECT, metric, unit, ours, goal);
  }
}
