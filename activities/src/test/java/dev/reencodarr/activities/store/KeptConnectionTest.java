package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class KeptConnectionTest {

  private static final String WHO_SERVES_US = "select pg_backend_pid()";

  @Test
  void allQuestionsGoThroughOneConnection() {
    try (KeptConnection kept = new KeptConnection(TestDatabase.source())) {
      JdbcClient client = JdbcClient.create(kept);

      int first = client.sql(WHO_SERVES_US).query(Integer.class).single();
      int second = client.sql(WHO_SERVES_US).query(Integer.class).single();

      assertThat(second).isEqualTo(first);
    }
  }

  @Test
  void aServerThatWentAwayIsToldOnceAndAskedAgainAfterThat() {
    try (KeptConnection kept = new KeptConnection(TestDatabase.source())) {
      JdbcClient client = JdbcClient.create(kept);
      int served = client.sql(WHO_SERVES_US).query(Integer.class).single();
      end(served);

      assertThatExceptionOfType(DataAccessException.class)
          .isThrownBy(() -> client.sql(WHO_SERVES_US).query(Integer.class).single());
      assertThat(client.sql(WHO_SERVES_US).query(Integer.class).single()).isNotEqualTo(served);
    }
  }

  @Test
  void whoRestsForASecondIsNotToldOfAServerThatWentAwayAndCameBack() {
    AtomicLong now = new AtomicLong();
    try (KeptConnection kept = new KeptConnection(TestDatabase.source(), now::get)) {
      JdbcClient client = JdbcClient.create(kept);
      int served = client.sql(WHO_SERVES_US).query(Integer.class).single();
      end(served);

      now.addAndGet(Duration.ofSeconds(1).toNanos());

      assertThat(client.sql(WHO_SERVES_US).query(Integer.class).single()).isNotEqualTo(served);
    }
  }

  private static void end(int server) {
    JdbcClient.create(TestDatabase.source())
        .sql("select pg_terminate_backend(:pid, 10000)")
        .param("pid", server)
        .query(Boolean.class)
        .single();
  }
}
