package dev.reencodarr.activities.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * A real PostgreSQL, one server for the JVM and a fresh, migrated schema for each caller: a schema
 * is a tenth of the files of a database, which counts when the server is cleaned away.
 */
public final class TestDatabase {

  /** The builder's own ten seconds are few where another JVM's tests keep the cores busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final EmbeddedPostgres SERVER = start();

  /** The schema that is migrated as a worker does it; the others get what it got. */
  private static final String FIRST = create(newName(), "");

  private static final String ALL_MIGRATIONS = migrateFirst();

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
    return new Database(sourceOf(create(newName(), ALL_MIGRATIONS)));
  }

  private static String newName() {
    return "t_" + UUID.randomUUID().toString().replace("-", "");
  }

  private static DataSource sourceOf(String schema) {
    return SERVER.getDatabase("postgres", "postgres", Map.of("currentSchema", schema));
  }

  private static String create(String schema, String content) {
    try (Connection connection = source().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create schema %1$s; set search_path to %1$s;\n".formatted(schema) + content);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return schema;
  }

  /** The statements of all migrations as one: a fifth of the work of one after the other. */
  private static String migrateFirst() {
    new Database(sourceOf(FIRST)).migrate();
    MigrationInfo[] applied =
        Flyway.configure().dataSource(sourceOf(FIRST)).load().info().applied();
    return Arrays.stream(applied).map(TestDatabase::text).collect(Collectors.joining(";\n"))
        + """
        ;
        create table flyway_schema_history (like %1$s.flyway_schema_history including all);
        insert into flyway_schema_history select * from %1$s.flyway_schema_history;
        """
            .formatted(FIRST);
  }

  private static String text(MigrationInfo migration) {
    try (InputStream file =
        TestDatabase.class.getResourceAsStream("/db/migration/" + migration.getScript())) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
