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
  private final int slots;
  private final Instant startedAt = Instant.now();
  private final String version =
      Optional.ofNullable(WorkerRow.class.getPackage().getImplementationVersion())
          .orElse("from sources");

  /**
   * @param slots heavy programs that it runs at once
   */
  WorkerRow(WorkerRepository workers, Machine machine, int slots) {
    this.workers = workers;
    this.machine = machine;
    this.slots = slots;
  }

  /**
   * @param paused queue to reason
   */
  void seen(List<String> queues, Map<String, String> paused) {
    workers.heartbeat(machine.host(), machine.zone(), queues, paused, slots, version, startedAt);
  }

  void gone() {
    workers.gone(machine.host());
  }
}
