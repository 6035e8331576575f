package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.starter.view.ConnectionView;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the connections. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the connections to Sonarr and Radarr, and how their syncs go.")
final class SyncListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  SyncListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      ConnectionViews views = new ConnectionViews(connections.database());
      List<ConnectionView> all =
          new ConnectionRepository(connections.database()).list().stream().map(views::of).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(all));
      } else if (all.isEmpty()) {
        surroundings.say(
            "no connection; add one with: ./reencodarr sync add sonarr --url URL --api-key-file FILE");
      } else {
        Table table =
            new Table().text("name").text("server").text("zone").figures("files").text("now");
        all.forEach(each ->
            table.row(
                each.name(),
                each.kind() + " " + each.url(),
                each.zone(),
                Integer.toString(each.files()),
                each.state()));
        table.lines().forEach(surroundings.out()::println);
      }
    }
    return ExitCode.DONE.code();
  }
}
