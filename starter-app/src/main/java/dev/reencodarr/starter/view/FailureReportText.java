package dev.reencodarr.starter.view;

import dev.reencodarr.workflows.failure.report.Concentration;
import dev.reencodarr.workflows.failure.report.Details;
import dev.reencodarr.workflows.failure.report.FailurePattern;
import dev.reencodarr.workflows.failure.report.FailureReport;
import dev.reencodarr.workflows.failure.report.Recommendation;
import dev.reencodarr.workflows.failure.report.Recommendations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** The report for people. Its plain layout is a contract with whoever reads it by programs. */
public final class FailureReportText {

  private final Ansi colours;
  private final List<String> lines = new ArrayList<>();

  private FailureReportText(boolean terminal) {
    this.colours = terminal ? Ansi.ON : Ansi.OFF;
  }

  /**
   * The lines of a report; a section without content is left out.
   *
   * @param detailed whether what the plain report leaves out follows
   * @param terminal whether colours may be used
   */
  public static List<String> of(FailureReport report, boolean detailed, boolean terminal) {
    FailureReportText text = new FailureReportText(terminal);
    text.summary(report.summary());
    text.stages(report.byStage());
    text.patterns(report.commonPatterns());
    if (detailed) {
      text.details(report.details());
    }
    text.recommendations(
        report.recommendations().stream()
            .filter(each -> detailed || Recommendations.isPlain(each))
            .toList());
    return List.copyOf(text.lines);
  }

  private void summary(FailureReport.Summary summary) {
    int days = summary.periodDays();
    add(styled("bold", "=== Video Processing Failure Report ==="));
    add("Period: Last " + Figures.count(days, "day"));
    section("Summary");
    add("  Total Failures: " + summary.totalFailures());
    add("  Resolved: " + summary.resolvedFailures());
    add("  Unresolved: " + summary.unresolvedFailures());
    add("  Resolution Rate: " + Figures.decimal(summary.resolutionRatePercent(), 1) + "%");
  }

  private void stages(List<FailureReport.StageTotal> stages) {
    if (stages.isEmpty()) {
      return;
    }
    section("Failures by Stage");
    for (FailureReport.StageTotal stage : stages) {
      add(
          "  %s: %d total (%d unresolved)"
              .formatted(stage.stage(), stage.totalCount(), stage.unresolvedCount()));
    }
  }

  private void patterns(List<FailurePattern> patterns) {
    if (patterns.isEmpty()) {
      return;
    }
    section("Most Common Failure Patterns");
    for (FailurePattern pattern : patterns) {
      add(
          "  %s/%s (%s): %d occurrences"
              .formatted(pattern.stage(), pattern.category(), pattern.code(), pattern.count()));
      add("    Sample: " + Printable.of(pattern.sampleMessage()));
    }
  }

  private void details(Details details) {
    section("Trend");
    add(
        "  %d failures, %d in the period before%s"
            .formatted(
                details.trend().total(),
                details.trend().totalBefore(),
                details.trend().changePercent().isPresent()
                    ? String.format(
                        Locale.ROOT, " (%+.1f%%)", details.trend().changePercent().getAsDouble())
                    : ""));
    add("  Retried or followed by another attempt: " + details.retried());
    for (Concentration.Dimension dimension : Concentration.Dimension.values()) {
      concentrations(
          dimension,
          details.concentrations().stream()
              .filter(each -> each.dimension().equals(dimension.code()))
              .sorted(Comparator.comparingLong(Concentration::failures).reversed())
              .toList());
    }
  }

  private void concentrations(Concentration.Dimension dimension, List<Concentration> all) {
    if (all.isEmpty()) {
      return;
    }
    section("Unresolved by " + dimension.code().replace('_', ' '));
    for (Concentration each : all) {
      add(
          "  %s: %d%s"
              .formatted(
                  Printable.of(each.name()),
                  each.failures(),
                  each.tried().map(tried -> " of " + tried.here() + " tried").orElse("")));
    }
  }

  private void recommendations(List<Recommendation> recommendations) {
    if (recommendations.isEmpty()) {
      return;
    }
    section("Recommendations");
    boolean first = true;
    for (Recommendation each : recommendations) {
      if (!first) {
        add("");
      }
      first = false;
      add("  " + priority(each.priority()) + " " + Printable.of(each.title()));
      add("    " + Printable.of(each.description()));
      add("    Action: " + each.action());
    }
  }

  private String priority(String priority) {
    String label = "[" + priority.toUpperCase(Locale.ROOT) + "]";
    return switch (priority) {
      case "high" -> styled("red", label);
      case "medium" -> styled("yellow", label);
      default -> styled("green", label);
    };
  }

  private String styled(String style, String text) {
    return colours.string("@|" + style + " " + text + "|@");
  }

  private void section(String title) {
    add("");
    add(title + ":");
  }

  private void add(String line) {
    lines.add(line);
  }
}
