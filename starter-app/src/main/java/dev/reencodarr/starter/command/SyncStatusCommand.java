package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.starter.view.ConnectionView;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells how syncs go. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Tells how the syncs go and what they have found.")
final class SyncStatusCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "As sync list shows them; all where none is given.")
  private List<String> names = List.of();

  @Mixin private FormatOption format = new FormatOption();

  SyncStatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      List<Connection> wished = ConnectionLookup.require(connections.database(), names);
      ConnectionViews views = new ConnectionViews(connections.database());
      List<ConnectionView> all = wished.stream().map(views::of).toList();
      if (format.isJson()) {
        surroundings.out().println(Json.of(all));
      } else {
        all.forEach(this::print);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(ConnectionView view) {
    surroundings.out().println(view.line());
    view.tally()
        .ifPresent(tally -> {
          surroundings.out().println("  " + tally.line());
          tally
              .problems()
              .forEach(problem -> surroundings.out().println("  " + Printable.of(problem)));
        });
  }
}
