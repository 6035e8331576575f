package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.search.SearchRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a search did, for people. */
public final class SearchText {

  private final KnownSearch known;
  private final SearchRecord search;

  public SearchText(KnownSearch known) {
    this.known = known;
    this.search = known.search();
  }

  /** What it began with. */
  public String seed() {
    SearchRecord.Start start = search.start();
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

  /** A line for each rung that was tried. */
  public List<String> rungs() {
    return search.tried().stream()
        .map(rung ->
            "preset "
                + rung.preset()
                + ", target "
                + PlainNumber.text(rung.target())
                + ": "
                + rung.end().words())
        .toList();
  }

  public String stopped() {
    return search.stopped();
  }

  public String cost() {
    SearchRecord.Cost cost = search.cost();
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
    return search.tried().stream().map(SearchRecord.Tried::preset).distinct();
  }

  private List<String> curve(int preset) {
    List<String> plot =
        CurvePlot.lines(
            known.points().stream()
                .filter(point -> point.preset() == preset)
                .map(point -> new CurvePlot.Dot(point.crf(), point.score(), mark(point)))
                .toList(),
            search.tried().stream()
                .filter(rung -> rung.preset() == preset)
                .map(SearchRecord.Tried::target)
                .toList());
    List<String> lines = new ArrayList<>();
    if (!plot.isEmpty()) {
      lines.add("");
      lines.add(scores() + " with preset " + preset);
      lines.addAll(plot);
    }
    return lines;
  }

  private static CurvePlot.Mark mark(KnownSearch.Point point) {
    if (point.accepted()) {
      return CurvePlot.Mark.ACCEPTED;
    }
    return point.look() ? CurvePlot.Mark.LOOK : CurvePlot.Mark.POINT;
  }

  private String scores() {
    Metric metric = search.metric();
    return metric.text() + (metric.unit().isBlank() ? "" : " in" + metric.unit());
  }

  private List<String> table() {
    Table table =
        new Table()
            .figures("CRF")
            .figures("preset")
            .figures(scores())
            .figures("predicted")
            .figures("size")
            .figures("seconds")
            .text("host")
            .text("");
    for (KnownSearch.Point point : known.points()) {
      table.row(
          PlainNumber.text(point.crf()),
          point.preset(),
          Figures.decimal(point.score(), 2),
          Figures.decimal(point.measured().point().predictedPercent(), 0) + " %",
          Figures.bytes(point.measured().point().predictedBytes()),
          Figures.decimal(point.measured().seconds(), 1),
          point.measured().host(),
          point.accepted() ? "accepted" : point.look() ? "look" : "");
    }
    return table.lines();
  }
}
