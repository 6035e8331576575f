package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;

/** How a connection is reached from here. */
public interface ConnectionClients {

  /**
   * Whoever answers at the address of a connection.
   *
   * @throws ArrFailed if its key cannot be read here
   */
  ArrClient at(Connection connection) throws ArrFailed;
}
