package dev.reencodarr.activities.store;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The database: a client for statements, and transactions. */
public final class Database {

  private final DataSource source;
  private final JdbcClient client;
  private final TransactionTemplate transactions;
  private final TransactionTemplate snapshot;

  public Database(DataSource source) {
    this.source = source;
    this.client = JdbcClient.create(source);
    this.transactions = new TransactionTemplate(new Transactions(source));
    this.snapshot = new TransactionTemplate(new Transactions(source));
    snapshot.setReadOnly(true);
    snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /**
   * A rollback on a broken connection fails too, and hides why: this one says that the database is
   * away, as any statement would.
   */
  private static final class Transactions extends JdbcTransactionManager {

    Transactions(DataSource source) {
      super(source);
    }

    @Override
    protected RuntimeException translateException(String task, SQLException failure) {
      RuntimeException known = super.translateException(task, failure);
      // A pool has closed the connection and gives no SQLSTATE.
      return known instanceof DataAccessException
          ? known
          : new DataAccessResourceFailureException(task + " failed", failure);
    }
  }

  /** Statements; inside {@link #transactions()} they share its connection. */
  public JdbcClient client() {
    return client;
  }

  public TransactionTemplate transactions() {
    return transactions;
  }

  /** Transactions that only read, and see one moment however many statements they take. */
  public TransactionTemplate snapshot() {
    return snapshot;
  }

  /** Brings the schema up to date; several workers may do so at once. */
  public void migrate() {
    Flyway.configure().dataSource(source).load().migrate();
  }
}
