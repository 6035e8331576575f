package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.starter.view.BrokenSourceView;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists broken sources. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists files that are known to be broken, the largest first.")
final class BrokenListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--all", description = "Also those about which nothing is left to do.")
  private boolean all;

  @Mixin private FormatOption format = new FormatOption();

  BrokenListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      BrokenSourceRepository sources = new BrokenSourceRepository(connections.database());
      List<BrokenSource> listed = all ? sources.all() : sources.open();
      if (format.isJson()) {
        surroundings.out().println(Json.of(listed.stream().map(BrokenSourceView::of).toList()));
      } else {
        print(listed);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(List<BrokenSource> listed) {
    if (listed.isEmpty()) {
      surroundings.say("no broken file is known");
      return;
    }
    Table table = new Table().text("state").figures("size").text("file").text("problem").text("");
    for (BrokenSource source : listed) {
      table.row(
          source.state().code(),
          Figures.bytes(source.size()),
          source.path().value(),
          source.problem(),
          source.detail());
    }
    table.lines().forEach(surroundings.out()::println);
    surroundings.say("./reencodarr broken redownload FILE… has Sonarr or Radarr get another copy");
  }
}
