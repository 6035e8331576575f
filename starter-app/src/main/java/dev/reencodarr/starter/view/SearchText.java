package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.search.SearchRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a search did, for people. */
public final class SearchText {

  /** So that the table fits into 80 columns. */
  private static final int WIDEST_HOST = 9;

  private static final double LONG_SECONDS = 100;

  private final KnownSearch known;

  public SearchText(KnownSearch known) {
    this.known = known;
  }

  /** A line with its name. */
  public record Line(String name, String value) {}

  /** What it began with, each rung that was tried, why it stopped, what it cost, and when. */
  public List<Line> lines() {
    return switch (known) {
      case KnownSearch.Ended ended -> lines(ended.search(), ended.searchedAt());
      case KnownSearch.Open open ->
          List.of(
              new Line("search", SearchView.stateOf(open)),
              new Line("cost", cost(SearchView.costOf(open))));
    };
  }

  private static List<Line> lines(SearchRecord search, Instant searchedAt) {
    List<Line> lines = new ArrayList<>();
    lines.add(new Line("seed", seed(search.start())));
    search.tried().forEach(rung -> lines.add(new Line("rung", rung(rung))));
    lines.add(new Line("stopped", search.stopped()));
    lines.add(new Line("cost", cost(search.cost())));
    lines.add(new Line("searched", Figures.minute(searchedAt)));
    return lines;
  }

  private static String seed(SearchRecord.Start start) {
    String first =
        start.firstCrf().stream()
            .mapToObj(crf -> "first CRF " + PlainNumber.text(crf))
            .findFirst()
            .orElse("nothing had to be measured");
    return start.origin().words() + taughtBy(start) + "; " + first;
  }

  private static String taughtBy(SearchRecord.Start start) {
    if (start.videos() == 0) {
      return "";
    }
    int others = start.videos() - start.examples().size();
    return ": "
        + String.join(", ", start.examples())
        + (others > 0 ? " and " + others + " more" : "");
  }

  private static String rung(SearchRecord.Tried rung) {
    return "preset "
        + rung.preset()
        + ", target "
        + PlainNumber.text(rung.target())
        + ": "
        + rung.end().words();
  }

  private static String cost(SearchRecord.Cost cost) {
    return Figures.count(cost.probes(), "probe")
        + (cost.looks() > 0 ? " and " + Figures.count(cost.looks(), "look") : "")
        + (cost.known() > 0 ? ", " + cost.known() + " of them known before" : "")
        + ": "
        + Figures.decimal(cost.seconds(), 1)
        + " s";
  }

  /** The curve of each preset that was tried, and the table of its points. */
  public List<String> curves() {
    List<String> lines = new ArrayList<>();
    presets().forEach(preset -> lines.addAll(curve(preset)));
    if (!known.points().isEmpty()) {
      lines.add("");
      lines.addAll(table());
    }
    return lines;
  }

  private Stream<Integer> presets() {
    return known.points().stream().map(KnownSearch.Point::preset).distinct();
  }

  private List<String> curve(int preset) {
    List<String> plot =
        CurvePlot.lines(
            known.points().stream()
                .filter(point -> point.preset() == preset)
                .map(point -> new CurvePlot.Dot(point.crf(), point.score(), mark(point)))
                .toList(),
            targets(preset));
    List<String> lines = new ArrayList<>();
    if (!plot.isEmpty()) {
      String unit = known.metric().unit();
      lines.add("");
      lines.add(
          known.metric().text() + (unit.isBlank() ? "" : " in" + unit) + " with preset " + preset);
      lines.addAll(plot);
    }
    return lines;
  }

  private List<Double> targets(int preset) {
    return switch (known) {
      case KnownSearch.Ended ended ->
          ended.search().tried().stream()
              .filter(rung -> rung.preset() == preset)
              .map(SearchRecord.Tried::target)
              .toList();
      case KnownSearch.Open _ -> List.of();
    };
  }

  private static CurvePlot.Mark mark(KnownSearch.Point point) {
    if (point.accepted()) {
      return CurvePlot.Mark.ACCEPTED;
    }
    return point.look() ? CurvePlot.Mark.LOOK : CurvePlot.Mark.POINT;
  }

  private List<String> table() {
    Table table =
        new Table()
            .text("")
            .figures("CRF")
            .figures("preset")
            .figures(known.metric().text())
            .figures("predicted")
            .figures("size")
            .figures("s")
            .text("host")
            .text("when");
    for (KnownSearch.Point point : known.points()) {
      table.row(
          mark(point).character(),
          PlainNumber.text(point.crf()),
          point.preset(),
          Figures.decimal(point.score(), 2),
          Figures.decimal(point.measured().point().predictedPercent(), 0) + " %",
          Figures.bytes(point.measured().point().predictedBytes()),
          Figures.decimal(point.measured().seconds(), decimals(point.measured().seconds())),
          Printable.shortened(point.measured().host(), WIDEST_HOST),
          Figures.minute(point.measured().measuredAt()));
    }
    return table.lines();
  }

  /** Tenths of a second say nothing of minutes. */
  private static int decimals(double seconds) {
    return seconds < LONG_SECONDS ? 1 : 0;
  }
}
