package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.library.ScanTally;
import java.util.ArrayList;
import java.util.List;

/** What a walk over folders left alone, for people. */
public final class TallyReport {

  private TallyReport() {}

  /** A line for each kind of file that was left alone; none where all were taken. */
  public static List<String> lines(ScanTally tally) {
    List<String> lines = new ArrayList<>();
    add(lines, tally.beingWritten(), tally, "still being written; order it again later");
    add(lines, tally.refusedNames(), tally, "named in something else than UTF-8; rename them");
    add(lines, tally.unreadable(), tally, "not readable; give this user the right to read them");
    return lines;
  }

  private static void add(List<String> lines, int count, ScanTally tally, String what) {
    if (count > 0) {
      lines.add(
          "LEFT ALONE: "
              + count
              + " beside "
              + Figures.count(tally.files(), "file")
              + ": "
              + what
              + ".");
    }
  }
}
