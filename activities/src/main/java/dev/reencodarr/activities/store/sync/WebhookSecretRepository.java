package dev.reencodarr.activities.store.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretRepository;
import dev.reencodarr.activities.store.secret.SecretUnreadable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the webhooks of connections prove themselves by. */
public final class WebhookSecretRepository {

  private final Database database;
  private final SecretRepository secrets;

  public WebhookSecretRepository(Database database) {
    this.database = database;
    this.secrets = new SecretRepository(database);
  }

  private record Kept(Connection connection, long secret) {}

  /** Connections whose secret could be read, and the names of those whose could not. */
  public record SecretsRead(Map<Connection, String> secrets, List<String> unreadable) {
    public SecretsRead {
      secrets = Map.copyOf(secrets);
      unreadable = List.copyOf(unreadable);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return secrets.size() + " secrets";
    }
  }

  /**
   * The secret of a connection.
   *
   * @param fresh is kept where there is none yet
   * @throws SecretUnreadable if this key does not read it, or the connection was removed
   */
  public String secretOrNew(Connection connection, SecretKey key, String fresh)
      throws SecretUnreadable {
    Optional<Kept> kept = kept(connection);
    if (kept.isEmpty()) {
      keep(connection, key, fresh);
      kept = kept(connection);
    }
    if (kept.isEmpty()) {
      throw new SecretUnreadable("the connection was removed");
    }
    return secrets.read(key, kept.get().secret(), about(connection));
  }

  /** The first who comes is taken, so that all have the same. */
  private void keep(Connection connection, SecretKey key, String fresh) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          long made = secrets.keep(key, fresh, about(connection));
          if (!isFirst(connection.id(), made)) {
            secrets.forget(made);
          }
        });
  }

  private boolean isFirst(long connection, long secret) {
    return database
            .client()
            .sql(
                """
                update connections set webhook_secret_id = :secret
                where id = :id and webhook_secret_id is null
                """)
            .param("id", connection)
            .param("secret", secret)
            .update()
        > 0;
  }

  private Optional<Kept> kept(Connection connection) {
    return kept().stream().filter(it -> it.connection().id() == connection.id()).findFirst();
  }

  /** All connections that have a secret. */
  public SecretsRead readable(SecretKey key) {
    Map<Connection, String> read = new HashMap<>();
    Map<String, String> unreadable = new HashMap<>();
    for (Kept kept : kept()) {
      try {
        read.put(kept.connection(), secrets.read(key, kept.secret(), about(kept.connection())));
      } catch (SecretUnreadable e) {
        unreadable.put(kept.connection().name(), String.valueOf(e.getMessage()));
      }
    }
    return new SecretsRead(
        read,
        unreadable.entrySet().stream().map(it -> it.getKey() + ": " + it.getValue()).toList());
  }

  private List<Kept> kept() {
    return database
        .client()
        .sql(
            """
            select id, name, kind, url, secret_id, zone, paths, every_seconds, webhook_secret_id
            from connections where webhook_secret_id is not null order by id
            """)
        .query((row, number) ->
            new Kept(ConnectionRepository.connection(row), row.getLong("webhook_secret_id")))
        .list();
  }

  private static String about(Connection connection) {
    return "webhook of " + connection.name();
  }
}
