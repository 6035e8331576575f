package dev.reencodarr.activities.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A real PostgreSQL, one server for the JVM and a fresh, migrated schema for each caller: a schema
 * is a tenth of the files of a database, which counts when the server is cleaned away.
 */
public final class TestDatabase {

  /** The builder's own ten seconds are few where another JVM's tests keep the cores busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final EmbeddedPostgres SERVER = start();

  private TestDatabase() {}

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connections to the server, one for each question. */
  public static DataSource source() {
    return SERVER.getPostgresDatabase();
  }

  /** A new database, as far as its user can tell, with the whole schema. */
  public static Database fresh() {
    String name = "t_" + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create schema " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Database database =
        new Database(SERVER.getDatabase("postgres", "postgres", Map.of("currentSchema", name)));
    database.migrate();
    return database;
  }
}
