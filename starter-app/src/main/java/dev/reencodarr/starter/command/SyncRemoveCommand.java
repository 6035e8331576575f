package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
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
      new SyncCall(connections.temporal()).forget(connection);
      new ConnectionRepository(connections.database()).remove(connection);
    }
    surroundings.out().println("connection " + name + " removed");
    return ExitCode.DONE.code();
  }
}
