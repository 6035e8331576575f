package dev.reencodarr.activities.store;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database: a client for statements, and transactions. */
public final class Database {

  private final DataSource source;
  private final JdbcClient client;
  private final TransactionTemplate transactions;

  public Database(DataSource source) {
    this.source = source;
    this.client = JdbcClient.create(source);
    // A rollback on a broken connection fails too: this one says so as any statement would.
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(source));
  }

  /** Statements; inside {@link #transactions()} they share its connection. */
  public JdbcClient client() {
    return client;
  }

  public TransactionTemplate transactions() {
    return transactions;
  }

  /** Brings the schema up to date; several workers may do so at once. */
  public void migrate() {
    Flyway.configure().dataSource(source).load().migrate();
  }
}
