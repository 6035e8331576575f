package dev.reencodarr.activities.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One connection for all that a command asks, since each new one costs both sides a handshake. It
 * is made with the first question, and anew after the server was away. For one thread at a time.
 */
public final class KeptConnection extends SingleConnectionDataSource {

  /** A server whose machine is gone answers nothing at all. */
  private static final int ANSWER_MILLIS = 60_000;

  private final DataSource source;
  private @Nullable Connection made;

  /**
   * @param source makes the connections
   */
  public KeptConnection(DataSource source) {
    this.source = source;
    // Never used: the parent only insists on one.
    setUrl("jdbc:postgresql:");
    setSuppressClose(true);
  }

  @Override
  public Connection getConnection() throws SQLException {
    // The driver closes a connection whose server has gone.
    if (made != null && made.isClosed()) {
      resetConnection();
      made = null;
    }
    return super.getConnection();
  }

  @Override
  protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
    Connection fresh = source.getConnection();
    fresh.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
    made = fresh;
    return fresh;
  }
}
