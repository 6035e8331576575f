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
  private final WorkerRepository.Power power;
  private final Instant startedAt = Instant.now();
  private final String version =
      Optional.ofNullable(WorkerRow.class.getPackage().getImplementationVersion())
          .orElse("from sources");

  WorkerRow(WorkerRepository workers, Machine machine, WorkerRepository.Power power) {
    this.workers = workers;
    this.machine = machine;
    this.power = power;
  }

  /**
   * @param paused queue to reason
   * @param held why no heavy work runs, though this worker is fit; empty where it may
   */
  void seen(List<String> queues, Map<String, String> paused, String held) {
    workers.heartbeat(
        machine.host(), machine.zone(), queues, paused, held, power, version, startedAt);
  }

  void gone() {
    workers.gone(machine.host());
  }
}
