package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretRepository;
import dev.reencodarr.activities.store.secret.SecretUnreadable;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrClients;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import java.nio.file.Path;

/** Reaches connections with the keys that are kept in PostgreSQL, read anew each time. */
public final class KeptKeyClients implements ConnectionClients, AutoCloseable {

  private final SecretRepository secrets;
  private final Path home;
  private final ArrClients clients = new ArrClients();

  /**
   * @param home where the key to the secrets lies
   */
  public KeptKeyClients(Database database, Path home) {
    this.secrets = new SecretRepository(database);
    this.home = home;
  }

  @Override
  public ArrClient at(Connection connection) throws ArrFailed {
    try {
      String key =
          secrets.read(SecretKey.in(home), connection.secret(), connection.url().toString());
      return clients.at(connection.kind(), connection.url(), key);
    } catch (SecretUnreadable | IllegalArgumentException e) {
      throw new ArrFailed(ArrFailed.Kind.NO_KEY, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void close() {
    clients.close();
  }
}
