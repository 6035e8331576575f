package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What says more of machines than of a video. */
@Command(
    name = "critical",
    mixinStandardHelpOptions = true,
    description =
        "What says more of machines than of a video: the unresolved failures of the last day, and"
            + " those that stand since before.")
final class FailuresCriticalCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private DaysOption days = new DaysOption();
  @Mixin private FormatOption format = new FormatOption();

  FailuresCriticalCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    int back = days.orElse(FailureReporting.LOOK_DAYS);
    try (Connections connections = Connections.of(surroundings)) {
      List<CriticalFailure> critical =
          new FailureReporting(connections.database()).getCriticalFailures(back);
      if (format.isJson()) {
        surroundings.out().println(Json.of(critical));
      } else {
        print(critical);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(List<CriticalFailure> critical) {
    if (critical.isEmpty()) {
      surroundings.say("no critical failures");
      return;
    }
    Table table =
        new Table().text("severity").figures("id").text("when").text("stage").text("code").text("");
    critical.forEach(each ->
        table.row(
            each.severity(),
            each.id(),
            each.occurredAt(),
            each.stage(),
            each.code(),
            Printable.of(each.videoPath().map(path -> path + ": ").orElse("") + each.message())));
    table.lines().forEach(surroundings.out()::println);
  }
}
