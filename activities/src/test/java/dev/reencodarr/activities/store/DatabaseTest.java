package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatabaseTest {

  /**
   * Neither the statement nor the rollback gets through; what is thrown has to be known for a fault
   * of the infrastructure, which counts against no video.
   */
  @Test
  void aServerThatGoesAwayWithinATransactionIsAFaultOfTheDatabase() {
    JdbcClient other = JdbcClient.create(TestDatabase.source());
    Database database = new Database(TestDatabase.source());

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
                  assertThat(
                          other
                              .sql("select pg_terminate_backend(:pid, 10000)")
                              .param("pid", served)
                              .query(Boolean.class)
                              .single())
                      .isTrue();
                  database.client().sql("select 1").query(Integer.class).single();
                }));
  }
}
