package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.starter.view.FailureReportText;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.workflows.failure.report.FailureReport;
import dev.reencodarr.workflows.failure.report.ReportOrder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The failures of the last days, by stage and by pattern, and what to do. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "The failures of the last days (7), by stage and by pattern, and what to do.")
final class FailuresReportCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DaysOption days = new DaysOption();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many patterns and recent failures (${DEFAULT-VALUE}).")
  private int limit = ReportOrder.USUAL_ENTRIES;

  @Option(
      names = "--details",
      description =
          "Also by worker, folder, codec and release group, the trend, and every recommendation.")
  private boolean details;

  @Mixin private FormatOption format = new FormatOption();

  FailuresReportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    if (limit < 1 || limit > FailureReporting.MOST_ENTRIES) {
      throw CommandFailed.usage(
          "--limit must be 1 to " + FailureReporting.MOST_ENTRIES + ", not " + limit);
    }
    int back = days.orElse(ReportOrder.USUAL_DAYS);
    try (Connections connections = Connections.of(surroundings)) {
      FailureReport report =
          new FailureReporting(connections.database()).generateFailureReport(back, limit);
      if (format.isJson()) {
        surroundings.out().println(Json.of(report));
      } else {
        FailureReportText.of(report, details, surroundings.terminal())
            .forEach(surroundings.out()::println);
      }
    }
    return ExitCode.DONE.code();
  }
}
