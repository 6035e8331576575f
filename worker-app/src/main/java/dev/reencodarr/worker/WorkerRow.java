package dev.reencodarr.worker;

import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.store.WorkerRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The worker's row in the database, which {@code status} and {@code doctor} read. */
final class WorkerRow {

  private final WorkerRepository workers;
  private final Machine machine;
  private final Instant startedAt = Instant.now();
  private final String version =
      Optional.ofNullable(WorkerRow.class.getPackage().getImplementationVersion())
          .orElse("from sources");

  WorkerRow(WorkerRepository workers, Machine machine) {
    this.workers = workers;
    this.machine = machine;
  }

  /**
   * @param paused queue to reason
   */
  void seen(List<String> queues, Map<String, String> paused) {
    workers.heartbeat(machine.host(), machine.zone(), queues, paused, version, startedAt);
  }

  void gone() {
    workers.gone(machine.host());
  }
}
