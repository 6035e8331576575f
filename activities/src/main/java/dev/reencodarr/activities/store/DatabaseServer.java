package dev.reencodarr.activities.store;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.util.PasswordUtil;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL server by itself: its settings, and the databases in it. */
public final class DatabaseServer {

  /** Settings of which none may be off: else a power cut loses what was committed. */
  public static final List<String> DURABLE =
      List.of("fsync", "synchronous_commit", "full_page_writes");

  private final JdbcClient client;

  /**
   * @param maintenance a database of the server
   */
  public DatabaseServer(DataSource maintenance) {
    this.client = JdbcClient.create(maintenance);
  }

  /** A setting of the server as it is in force, such as {@code fsync}. */
  public String setting(String name) {
    return client
        .sql("select current_setting(:name)")
        .param("name", name)
        .query(String.class)
        .single();
  }

  /**
   * Sets a user's password. Only a SCRAM verifier of it is sent, so that no log can have it.
   *
   * @throws SQLException if the password cannot be encoded
   */
  public void setPassword(String user, String password) throws SQLException {
    client
        .sql(PasswordUtil.genAlterUserPasswordSQL(user, password.toCharArray(), "scram-sha-256"))
        .update();
  }

  /**
   * Creates a database where there is none of this name.
   *
   * @param name of letters, digits and underscores: a name cannot be a parameter of the statement
   */
  public void createIfMissing(String name) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("not a plain name for a database: " + name);
    }
    boolean there =
        client
            .sql("select exists (select from pg_database where datname = :name)")
            .param("name", name)
            .query(Boolean.class)
            .single();
    if (!there) {
      client.sql("create database " + name).update();
    }
  }
}
