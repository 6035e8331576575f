package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import java.util.ArrayList;
import java.util.List;

/** The connections to Sonarr and Radarr that a command is about. */
final class ConnectionLookup {

  private ConnectionLookup() {}

  static Connection require(Database database, String name) throws CommandFailed {
    return new ConnectionRepository(database)
        .named(name)
        .orElseThrow(() ->
            CommandFailed.usage(
                "there is no connection " + name + "; ./reencodarr sync list shows them"));
  }

  /** Those of these names; all where none is given. */
  static List<Connection> require(Database database, List<String> names) throws CommandFailed {
    List<Connection> connections = new ArrayList<>();
    for (String name : names) {
      connections.add(require(database, name));
    }
    if (names.isEmpty()) {
      connections.addAll(new ConnectionRepository(database).list());
    }
    if (connections.isEmpty()) {
      throw CommandFailed.usage(
          "no connection yet; add one with: ./reencodarr sync add sonarr --url URL --api-key-file"
              + " FILE");
    }
    return connections;
  }
}
