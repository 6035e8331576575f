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
    workers.heartbeat("nas", "default", List.of("control"), Map.of(), "", slots(1), "0.1", started);
    workers.heartbeat(
        "nas",
        "default",
        List.of("control", "host@nas"),
        Map.of("encode", "disk full"),
        "",
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
    workers.heartbeat("nas", "default", List.of("control"), Map.of(), "", slots(1), "0.1", started);
    workers.gone("nas");
    assertThat(workers.living(MINUTE)).isEmpty();
  }

  @Test
  void idleAreTheSlotsOfLivingWorkersOfAQueueWithoutThoseThatVideosAreAtWorkIn() {
    Database database = TestDatabase.fresh();
    WorkerRepository workers = new WorkerRepository(database);
    List<String> queues = List.of("control", "search-cpu@default");
    Instant now = Instant.now();
    workers.heartbeat("one", "default", queues, Map.of(), "", slots(4), "0.1", now);
    workers.heartbeat(
        "two", "default", queues, Map.of(queues.get(1), "disk full"), "", slots(8), "0.1", now);
    workers.heartbeat(
        "gpu", "default", List.of("search-nvenc@default"), Map.of(), "", slots(2), "0.1", now);
    workers.heartbeat("gone", "default", queues, Map.of(), "", slots(16), "0.1", now);
    workers.gone("gone");
    assertThat(workers.idleSlots("search-cpu@default", "default")).isEqualTo(4);

    Library library = Rows.library(database, "/tv");
    for (String state : List.of("searching", "encoding", "found")) {
      Video video = Rows.video(database, library, "/tv/" + state + ".mkv");
      database
          .client()
          .sql("update videos set state = :state where id = :id")
          .param("state", state)
          .param("id", video.id().value())
          .update();
    }
    assertThat(workers.idleSlots("search-cpu@default", "default")).isEqualTo(2);
    assertThat(workers.idleSlots("search-qsv@default", "default")).isZero();
  }

  private static WorkerRepository.Power slots(int count) {
    return new WorkerRepository.Power(count, 1);
  }
}
