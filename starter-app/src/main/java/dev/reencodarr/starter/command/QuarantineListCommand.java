package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.ReplacementRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.QuarantinedView;
import dev.reencodarr.starter.view.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what quarantine keeps. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the files that are kept, the oldest first.")
final class QuarantineListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  QuarantineListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Duration kept = Duration.ofDays(connections.settings().limits().quarantineDays());
      List<QuarantinedView> views =
          new ReplacementRepository(connections.database())
              .quarantined().stream().map(entry -> QuarantinedView.of(entry, kept)).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(views));
      } else {
        print(views);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(List<QuarantinedView> views) {
    if (views.isEmpty()) {
      surroundings.say("quarantine is empty");
      return;
    }
    Table table =
        new Table()
            .text("kept")
            .figures("size")
            .text("since")
            .text("until")
            .text("of")
            .text("")
            .text("in");
    long bytes = 0;
    for (QuarantinedView view : views) {
      bytes += view.bytes();
      table.row(
          view.kept(),
          Figures.bytes(view.bytes()),
          day(view.since()),
          view.until().map(QuarantineListCommand::day).orElse("you decide"),
          view.path(),
          view.keptBecause(),
          view.folder());
    }
    table.lines().forEach(surroundings.out()::println);
    surroundings
        .out()
        .println(Figures.count(views.size(), "file") + ", " + Figures.bytes(bytes) + ".");
  }

  private static String day(Instant moment) {
    return LocalDate.ofInstant(moment, ZoneId.systemDefault()).toString();
  }
}
