package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.broken.SourceCheckProgress;
import dev.reencodarr.workflows.broken.SourceCheckTally;
import java.util.ArrayList;
import java.util.List;

/** A check of a library, for people. */
public final class SourceCheckText {

  private static final int BAR = 20;

  private SourceCheckText() {}

  /**
   * How far it is.
   *
   * @param progress none: nobody answers
   */
  public static String progress(String library, List<SourceCheckProgress> progress) {
    if (progress.isEmpty()) {
      return library + ": waits for a worker";
    }
    SourceCheckProgress said = progress.getFirst();
    return library
        + ": "
        + (said.waitsFor().isEmpty() ? "" : "waits: " + Printable.of(said.waitsFor()) + "; ")
        + bar(said.tally())
        + said.tally().line();
  }

  /** By bytes, since a film takes hours where a trailer takes seconds. */
  private static String bar(SourceCheckTally tally) {
    if (tally.scope().bytes() <= 0) {
      return "";
    }
    int full = Math.clamp(BAR * tally.bytes() / tally.scope().bytes(), 0, BAR);
    return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "] ";
  }

  /** What came of it. */
  public static List<String> outcome(SourceCheckView check) {
    List<String> lines = new ArrayList<>();
    lines.add(Printable.of(check.library()) + ": " + head(check) + leftOut(check));
    if (!check.broken().isEmpty()) {
      Table table = new Table().figures("size").text("broken file").text("problem");
      check.broken().forEach(it -> table.row(Figures.bytes(it.size()), it.path(), it.problem()));
      lines.addAll(table.lines());
    }
    check
        .examples()
        .forEach(it ->
            lines.add("not checked: " + Printable.of(it.path()) + ": " + Printable.of(it.why())));
    return lines;
  }

  private static String head(SourceCheckView check) {
    String state = check.state().equals(SourceCheckView.DONE) ? "" : check.state() + "; ";
    if (check.files().isEmpty()) {
      return state + Figures.count(check.broken().size(), "broken file") + " known";
    }
    int unjudged = check.unjudged().orElse(0);
    return state
        + Figures.count(check.files().get(), "file")
        + ": "
        + check.checked().orElse(0)
        + " checked in "
        + Figures.clock(check.seconds().orElse(0L))
        + ", "
        + check.known().orElse(0)
        + " known from before, "
        + check.broken().size()
        + " broken"
        + (unjudged == 0 ? "" : ", " + unjudged + " not checked");
  }

  private static String leftOut(SourceCheckView check) {
    int encoded = check.encoded().orElse(0);
    int atWork = check.atWork().orElse(0);
    return (encoded == 0 ? "" : "; left out: " + encoded + " encoded and verified")
        + (atWork == 0 ? "" : "; left out: " + atWork + " at work");
  }
}
