package dev.reencodarr.worker;

import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.CompositeTuner;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gates of the queues that a worker may become unfit for, by the queue's name. */
final class Gates {

  /** What Temporal's own workers have. */
  private static final int USUAL_SLOTS = 200;

  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  /** Puts the activities of a queue behind a gate, which is closed. */
  WorkerOptions.Builder behind(String queue, int slots, WorkerOptions.Builder options) {
    Gate gate = new Gate(slots);
    gates.put(queue, gate);
    return options.setWorkerTuner(
        new CompositeTuner(
            new FixedSizeSlotSupplier<>(USUAL_SLOTS),
            gate,
            new FixedSizeSlotSupplier<>(USUAL_SLOTS),
            new FixedSizeSlotSupplier<>(USUAL_SLOTS)));
  }

  /**
   * The gate of a queue.
   *
   * @throws IllegalArgumentException if the queue has none
   */
  Gate of(String queue) {
    Gate gate = gates.get(queue);
    if (gate == null) {
      throw new IllegalArgumentException(queue + " has no gate, only " + gates.keySet() + " have");
    }
    return gate;
  }
}
