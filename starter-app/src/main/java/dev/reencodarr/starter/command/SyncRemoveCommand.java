package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.FileTellingRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Removes a connection. */
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Removes a connection and its key; libraries, videos and files stay.")
final class SyncRemoveCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1", paramLabel = "NAME", description = "As sync list shows it.")
  private String name = "";

  SyncRemoveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Connection connection = ConnectionLookup.require(connections.database(), name);
      SyncCall call = new SyncCall(connections.temporal());
      call.forget(connection);
      sayWhatIsLeft(connection, call.unhook(connection));
      sayWhatIsLost(connections.database(), connection);
      new ConnectionRepository(connections.database()).remove(connection);
      // A worker that has started meanwhile may have made them again.
      call.forget(connection);
    }
    surroundings.out().println("connection " + name + " removed");
    return ExitCode.DONE.code();
  }

  private void sayWhatIsLost(Database database, Connection connection) {
    int untold = new FileTellingRepository(database).untold(connection.id());
    if (untold > 0) {
      surroundings.say(
          "it is not told any more of "
              + Figures.count(untold, "changed file")
              + "; have it rescan its library");
    }
  }

  private void sayWhatIsLeft(Connection connection, String problem) {
    if (!problem.isEmpty()) {
      surroundings.say(
          "its webhook was not taken away ("
              + Printable.of(problem)
              + "); where there is one, remove Reencodarr there under Settings, Connect, in "
              + connection.words());
    }
  }
}
