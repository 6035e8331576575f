package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.workflows.failure.report.FailureOverview;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The last day in a few figures. */
@Command(
    name = "overview",
    mixinStandardHelpOptions = true,
    description = "The failures of the last day in a few figures, and the newest ones.")
final class FailuresOverviewCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DaysOption days = new DaysOption();
  @Mixin private FormatOption format = new FormatOption();

  FailuresOverviewCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    int back = days.orElse(FailureReporting.LOOK_DAYS);
    try (Connections connections = Connections.of(surroundings)) {
      FailureOverview overview =
          new FailureReporting(connections.database()).getFailureOverview(back);
      if (format.isJson()) {
        surroundings.out().println(Json.of(overview));
      } else {
        print(overview, back);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(FailureOverview overview, int back) {
    surroundings
        .out()
        .println(
            "Last %s: %s in %s, %d unresolved%s"
                .formatted(
                    Figures.count(back, "day"),
                    Figures.count(overview.totalFailures(), "failure"),
                    Figures.count(overview.stagesAffected(), "stage"),
                    overview.unresolvedFailures(),
                    whatToDo(overview)));
    Table table = new Table().figures("id").text("when").text("stage").text("code").text("");
    overview
        .mostRecent()
        .forEach(each ->
            table.row(
                each.id(),
                each.occurredAt(),
                each.stage(),
                each.code(),
                Printable.of(
                    each.videoPath().map(path -> path + ": ").orElse("") + each.message())));
    if (!table.isEmpty()) {
      table.lines().forEach(surroundings.out()::println);
    }
  }

  private static String whatToDo(FailureOverview overview) {
    if (!overview.requiresAttention()) {
      return "";
    }
    return overview.unresolvedFailures() > 0
        ? ": look at them"
        : "; something stands since before: ./reencodarr failures critical";
  }
}
