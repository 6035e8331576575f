package dev.reencodarr.worker;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class PooledDatabaseTest {

  /** The pool closes the connection before it can be rolled back, and says no more than that. */
  @Test
  void aServerThatGoesAwayWithinATransactionIsAFaultOfTheDatabase() {
    JdbcClient other = JdbcClient.create(TestDatabase.source());
    try (HikariDataSource pool = new HikariDataSource()) {
      pool.setDataSource(TestDatabase.source());
      Database database = new Database(pool);

      assertThatExceptionOfType(DataAccessResourceFailureException.class)
          .isThrownBy(() ->
              database
                  .transactions()
                  .executeWithoutResult(_ -> {
                    int served =
                        database
                            .client()
                            .sql("select pg_backend_pid()")
                            .query(Integer.class)
                            .single();
                    other
                        .sql("select pg_terminate_backend(:pid, 10000)")
                        .param("pid", served)
                        .query(Boolean.class)
                        .single();
                    database.client().sql("select 1").query(Integer.class).single();
                  }));
    }
  }
}
