package dev.reencodarr.activities.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * One connection for all that a command asks, since each new one costs both sides a handshake. It
 * is made with the first question, and anew after the server was away: who asks at once is told of
 * it, who comes back later is not. For one thread at a time.
 */
public final class KeptConnection extends SingleConnectionDataSource {

  /** A server whose machine is gone answers nothing at all. */
  private static final int ANSWER_MILLIS = 60_000;

  /** After so long without a question the server may have been started anew. */
  private static final long REST_NANOS = 1_000_000_000;

  private static final int PROOF_SECONDS = 5;

  private final DataSource source;
  private final LongSupplier nanoTime;
  private long lastAsked;
  private @Nullable Connection made;

  /**
   * @param source makes the connections
   */
  public KeptConnection(DataSource source) {
    this(source, System::nanoTime);
  }

  KeptConnection(DataSource source, LongSupplier nanoTime) {
    this.source = source;
    this.nanoTime = nanoTime;
    // Never used: the parent only insists on one.
    setUrl("jdbc:postgresql:");
    setSuppressClose(true);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (made != null && isGone(made)) {
      resetConnection();
      made = null;
    }
    lastAsked = nanoTime.getAsLong();
    return super.getConnection();
  }

  /** The driver notices that a server has gone by a question alone. */
  private boolean isGone(Connection connection) throws SQLException {
    boolean rested = nanoTime.getAsLong() - lastAsked >= REST_NANOS;
    return connection.isClosed() || (rested && !connection.isValid(PROOF_SECONDS));
  }

  @Override
  protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
    Connection fresh = source.getConnection();
    fresh.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
    made = fresh;
    return fresh;
  }
}
