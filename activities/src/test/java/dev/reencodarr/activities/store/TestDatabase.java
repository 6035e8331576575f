package dev.reencodarr.activities.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * A real PostgreSQL, one server for the JVM and a fresh, migrated database for each caller. The
 * schema is migrated once; each database is a copy of that one.
 */
public final class TestDatabase {

  private static final String TEMPLATE = "migrated";
  private static final EmbeddedPostgres SERVER = start();

  private TestDatabase() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      create(server, TEMPLATE, "");
      new Database(server.getDatabase("postgres", TEMPLATE)).migrate();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(EmbeddedPostgres server, String name, String from) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name + from);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new database with the whole schema, of an installation of its own. */
  public static Database fresh() {
    String name = "t_" + UUID.randomUUID().toString().replace("-", "");
    create(SERVER, name, " template " + TEMPLATE);
    Database database = new Database(SERVER.getDatabase("postgres", name));
    database.client().sql("update installation set id = gen_random_uuid()").update();
    return database;
  }
}
