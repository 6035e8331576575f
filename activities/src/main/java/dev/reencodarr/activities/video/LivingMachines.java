package dev.reencodarr.activities.video;

import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.video.MachineActivities;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** The machines by the signs of life of their workers. */
public final class LivingMachines implements MachineActivities {

  /** Longer than a worker takes to be started anew. */
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final WorkerRepository workers;

  public LivingMachines(WorkerRepository workers) {
    this.workers = workers;
  }

  @Override
  public List<String> hosts() {
    return workers.living(LATELY).stream().map(LivingWorker::host).toList();
  }

  /** A machine offers what it can search with and encode with. */
  @Override
  public List<Encoder> offered(String zone) {
    List<LivingWorker> living = workers.living(WorkerRepository.FRESH);
    return Arrays.stream(Encoder.values())
        .filter(encoder -> living.stream().anyMatch(worker -> worker.offers(encoder, zone)))
        .toList();
  }
}
