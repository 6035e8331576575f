package dev.reencodarr.activities.store.sync;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Json;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.secret.SecretRepository;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The table {@code connections}. */
public final class ConnectionRepository {

  private static final String SELECT =
      "select id, name, kind, url, secret_id, zone, paths, every_seconds from connections ";

  private final Database database;

  public ConnectionRepository(Database database) {
    this.database = database;
  }

  /**
   * Adds a connection.
   *
   * @param connection its id and its secret's do not matter; nobody has its name or address yet
   * @param apiKey is kept as a secret for this address
   */
  public Connection add(Connection connection, SecretKey key, String apiKey) {
    return Objects.requireNonNull(
        database
            .transactions()
            .execute(transaction -> {
              long secret =
                  new SecretRepository(database).keep(key, apiKey, connection.url().toString());
              return insert(connection, secret);
            }));
  }

  private Connection insert(Connection connection, long secret) {
    return database
        .client()
        .sql(
            """
            insert into connections (name, kind, url, secret_id, zone, paths, every_seconds)
            values (:name, :kind, :url, :secret, :zone, cast(:paths as jsonb), :every)
            returning id, name, kind, url, secret_id, zone, paths, every_seconds
            """)
        .param("name", connection.name())
        .param("kind", connection.kind().code())
        .param("url", connection.url().toString())
        .param("secret", secret)
        .param("zone", connection.zone())
        .param("paths", Json.write(connection.paths().rules()))
        .param("every", connection.every().toSeconds())
        .query((row, number) -> connection(row))
        .single();
  }

  /**
   * Has a connection use another API key from now on; the earlier one stays known until {@link
   * #settleKey}.
   */
  public Connection withKey(Connection connection, SecretKey key, String apiKey) {
    long secret = new SecretRepository(database).keep(key, apiKey, connection.url().toString());
    use(connection.id(), secret);
    return find(connection.id())
        .orElseThrow(() -> new IllegalStateException(connection.name() + " is gone"));
  }

  /** Which of two keys it is to use; the other one is forgotten. */
  public void settleKey(Connection used, Connection forgotten) {
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          use(used.id(), used.secret());
          new SecretRepository(database).forget(forgotten.secret());
        });
  }

  private void use(long connection, long secret) {
    database
        .client()
        .sql("update connections set secret_id = :secret where id = :id")
        .param("id", connection)
        .param("secret", secret)
        .update();
  }

  /** Removes a connection, its secrets and all that it managed; its videos stay. */
  public void remove(Connection connection) {
    SecretRepository secrets = new SecretRepository(database);
    database
        .transactions()
        .executeWithoutResult(transaction -> {
          List<Long> webhooks =
              database
                  .client()
                  .sql(
                      """
                      delete from connections where id = :id
                      returning coalesce(webhook_secret_id, 0)
                      """)
                  .param("id", connection.id())
                  .query((row, number) -> row.getLong(1))
                  .list();
          webhooks.forEach(secrets::forget);
          secrets.forget(connection.secret());
        });
  }

  public Optional<Connection> find(long id) {
    return database
        .client()
        .sql(SELECT + "where id = :id")
        .param("id", id)
        .query((row, number) -> connection(row))
        .optional();
  }

  public Optional<Connection> named(String name) {
    return database
        .client()
        .sql(SELECT + "where name = :name")
        .param("name", name)
        .query((row, number) -> connection(row))
        .optional();
  }

  /** The connection to this address. */
  public Optional<Connection> at(URI url) {
    return database
        .client()
        .sql(SELECT + "where url = :url")
        .param("url", url.toString())
        .query((row, number) -> connection(row))
        .optional();
  }

  /** All of them, by name. */
  public List<Connection> list() {
    return database
        .client()
        .sql(SELECT + "order by name")
        .query((row, number) -> connection(row))
        .list();
  }

  private record LabelsRow(Map<Long, String> tags, Map<Long, String> qualityProfiles) {}

  /** Keeps what the ids of its tags and quality profiles stand for. */
  public void label(long connection, Map<Long, String> tags, Map<Long, String> qualityProfiles) {
    database
        .client()
        .sql(
            """
            update connections set labels = cast(:labels as jsonb)
            where id = :id and labels <> cast(:labels as jsonb)
            """)
        .param("id", connection)
        .param("labels", Json.write(new LabelsRow(tags, qualityProfiles)))
        .update();
  }

  /**
   * Takes the right to give a connection a command, until it is given back or has run out; who has
   * it takes it again.
   *
   * @return whether nobody else has it
   */
  public boolean takeCommand(long connection, String holder, Duration limit) {
    return database
            .client()
            .sql(
                """
                update connections
                set command_of = :holder, command_until = now() + make_interval(secs => :limit)
                where id = :id
                  and (command_of is null or command_of = :holder or command_until < now())
                """)
            .param("id", connection)
            .param("holder", holder)
            .param("limit", limit.toSeconds())
            .update()
        > 0;
  }

  /** Gives it back. */
  public void giveBackCommand(long connection, String holder) {
    database
        .client()
        .sql(
            """
            update connections set command_of = null, command_until = null
            where id = :id and command_of = :holder
            """)
        .param("id", connection)
        .param("holder", holder)
        .update();
  }

  static Connection connection(ResultSet row) throws SQLException {
    return new Connection(
        row.getLong("id"),
        row.getString("name"),
        ArrKind.parse(row.getString("kind")).orElseThrow(),
        URI.create(row.getString("url")),
        row.getLong("secret_id"),
        row.getString("zone"),
        new PathMap(Json.read(row.getString("paths"), new TypeReference<List<PathMap.Rule>>() {})),
        Duration.ofSeconds(row.getLong("every_seconds")));
  }
}
