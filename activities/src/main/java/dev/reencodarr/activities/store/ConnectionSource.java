package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.plan.Settings;
import dev.reencodarr.workflows.plan.SettingsInvalid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections to PostgreSQL, a new one each time that one is asked for. */
public final class ConnectionSource {

  private static final int CONNECT_SECONDS = 5;

  private ConnectionSource() {}

  /**
   * A source for a JDBC address.
   *
   * @param passwordFile holds the password in its first line
   * @throws SettingsInvalid if it cannot be read
   */
  public static DataSource of(String databaseUrl, Path passwordFile) {
    PGSimpleDataSource source = source(databaseUrl);
    source.setPassword(password(passwordFile.toString()));
    return source;
  }

  /**
   * A source for the database of the settings.
   *
   * @throws SettingsInvalid if no database is set, or the password's file cannot be read
   */
  public static DataSource of(Settings.Connections connections) {
    String url =
        connections
            .databaseUrl()
            .orElseThrow(() ->
                new SettingsInvalid(
                    "database_url is not set and no local stack is running: start it with"
                        + " `./reencodarr up`"));
    PGSimpleDataSource source = source(url);
    connections
        .databasePasswordFile()
        .map(ConnectionSource::password)
        .ifPresent(source::setPassword);
    return source;
  }

  /** The password that a file holds in its first line. */
  public static String password(String file) {
    try {
      return Files.readString(Path.of(file)).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new SettingsInvalid("database_password_file " + file + " cannot be read: " + e, e);
    }
  }

  private static PGSimpleDataSource source(String databaseUrl) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    try {
      source.setUrl(databaseUrl);
    } catch (IllegalArgumentException e) {
      throw new SettingsInvalid(
          "database_url '" + databaseUrl + "' must be like jdbc:postgresql://host:5432/name", e);
    }
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setApplicationName("reencodarr");
    return source;
  }
}
