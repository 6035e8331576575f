package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerRepositoryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void aWorkerIsKnownByItsLatestSignOfLife() {
    Database database = TestDatabase.fresh();
    WorkerRepository workers = new WorkerRepository(database);
    Instant started = Instant.parse("2025-01-01T00:00:00Z");
    workers.heartbeat(
        "nas",
        "default",
        List.of("control"),
        Map.of(),
        WorkerRepository.Power.least(),
        "0.1",
        started);
    workers.heartbeat(
        "nas",
        "default",
        List.of("control", "host@nas"),
        Map.of("encode", "disk full"),
        new WorkerRepository.Power(2, 4),
        "0.1",
        started);

    assertThat(workers.living(MINUTE))
        .singleElement()
        .satisfies(worker -> {
          assertThat(worker.queues()).containsExactly("control", "host@nas");
          assertThat(worker.paused()).containsEntry("encode", "disk full");
          assertThat(worker.power()).isEqualTo(new WorkerRepository.Power(2, 4));
          assertThat(worker.startedAt()).isEqualTo(started);
        });

    database.client().sql("update workers set seen_at = now() - interval '2 minutes'").update();
    assertThat(workers.living(MINUTE)).isEmpty();
    workers.heartbeat(
        "nas",
        "default",
        List.of("control"),
        Map.of(),
        WorkerRepository.Power.least(),
        "0.1",
        started);
    workers.gone("nas");
    assertThat(workers.living(MINUTE)).isEmpty();
  }
}
