package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.sync.Sync;
import dev.reencodarr.workflows.sync.SyncProgress;
import java.util.ArrayList;
import java.util.List;

/** A sync, for people. */
public final class SyncText {

  private static final int BAR = 20;

  private SyncText() {}

  /**
   * How far it is.
   *
   * @param sync none: nobody has begun it
   */
  public static String progress(String connection, List<Sync> sync) {
    if (sync.isEmpty()) {
      return connection + ": waits for a worker";
    }
    SyncProgress progress = sync.getFirst().progress();
    String problem = sync.getFirst().problem();
    return connection
        + ": "
        + (problem.isEmpty() ? "" : "waits: " + Printable.of(problem) + "; ")
        + bar(progress)
        + progress.line();
  }

  private static String bar(SyncProgress progress) {
    if (progress.total() <= 0) {
      return "";
    }
    int full = (int) ((long) BAR * progress.titles() / progress.total());
    return "[" + "#".repeat(full) + " ".repeat(Math.max(0, BAR - full)) + "] ";
  }

  /** What came of it. */
  public static List<String> outcome(String connection, Sync sync) {
    if (sync.isFailed()) {
      return List.of(connection + ": FAILED: " + Printable.of(sync.problem()));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        connection
            + ": "
            + Figures.count(sync.progress().titles(), "title")
            + ", "
            + sync.progress().tally().line());
    sync.progress().tally().problems().forEach(problem -> lines.add("  " + Printable.of(problem)));
    return lines;
  }
}
