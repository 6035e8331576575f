package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.WindowRepository;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.starter.view.WindowsView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the windows. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the windows, and whether they are open now.")
final class WindowsListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  WindowsListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Instant now = Clock.systemUTC().instant();
      List<WindowsView> all =
          new WindowRepository(connections.database())
              .list().stream().map(stored -> WindowsView.of(stored, now)).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(all));
      } else if (all.isEmpty()) {
        surroundings.say(
            "no windows: heavy work may always run; set some with: ./reencodarr windows set"
                + " 'mon-fri 22:00-07:00, sat-sun 00:00-24:00'");
      } else {
        Table table =
            new Table().text("for").text("windows").text("clocks").text("ending").text("now");
        all.forEach(each ->
            table.row(each.whom(), each.windows(), each.timeZone(), each.ending(), each.state()));
        table.lines().forEach(surroundings.out()::println);
      }
    }
    return ExitCode.DONE.code();
  }
}
