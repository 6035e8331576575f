package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.starter.view.WatchingView;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the media servers. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the media servers, and who watches there now.")
final class WatchingListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private FormatOption format = new FormatOption();

  WatchingListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      List<WatchingView> all =
          new MediaServerRepository(connections.database())
              .states().stream().map(WatchingView::of).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(all));
      } else if (all.isEmpty()) {
        surroundings.say(
            "no media server; add one with: ./reencodarr watching add plex URL --token-file FILE");
      } else {
        Table table =
            new Table().text("id").text("server").text("zone").text("holds work").text("now");
        all.forEach(each ->
            table.row(
                Long.toString(each.id()),
                each.kind() + " " + each.url(),
                each.zone(),
                each.holds(),
                each.state()));
        table.lines().forEach(surroundings.out()::println);
      }
    }
    return ExitCode.DONE.code();
  }
}
