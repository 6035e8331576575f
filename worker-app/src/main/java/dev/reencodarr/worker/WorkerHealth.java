package dev.reencodarr.worker;

import dev.reencodarr.activities.encode.TakeOver;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after this worker's fitness: a queue that it cannot serve is not polled and says why; it is
 * tried again and taken up alone. A broken worker fails no videos.
 */
final class WorkerHealth {

  private static final Logger log = LoggerFactory.getLogger(WorkerHealth.class);
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** How often an encoder is proved again; a one-frame encode costs half a second of a core. */
  private static final Duration PROOF = Duration.ofMinutes(10);

  private static final Duration PROOF_WHILE_UNFIT = Duration.ofSeconds(30);

  private final WorkerFactory workers;
  private final Fitness fitness;
  private final WorkerRow row;
  private final TakeOver takeOver;
  private final List<String> queues;
  private final String zone;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("worker-health").daemon().factory());
  private final Map<String, String> paused = new LinkedHashMap<>();
  private Optional<String> encoderComplaint = Optional.empty();
  private @Nullable Future<?> looking;
  private Instant provedAt = Instant.EPOCH;

  /**
   * @param queues all queues of this worker
   */
  WorkerHealth(
      WorkerFactory workers,
      Fitness fitness,
      WorkerRow row,
      TakeOver takeOver,
      List<String> queues,
      String zone) {
    this.workers = workers;
    this.fitness = fitness;
    this.row = row;
    this.takeOver = takeOver;
    this.queues = List.copyOf(queues);
    this.zone = zone;
  }

  /** Proves what the worker offers before it returns, then keeps looking. */
  void start() {
    look();
    looking =
        clock.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    if (looking != null) {
      looking.cancel(true);
    }
    clock.shutdownNow();
    row.gone();
  }

  private void look() {
    try {
      prove();
      Optional<String> disk = fitness.diskComplaint();
      Encoder encoder = Encoder.LIBSVTAV1;
      gate(TaskQueues.search(encoder, zone), encoderComplaint.or(() -> disk));
      gate(TaskQueues.encode(encoder, zone), encoderComplaint.or(() -> disk));
      takeOver.endUnwanted();
      row.seen(queues, paused);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The database may be away; the next look writes the row again.
      log.warn("a look after the worker's fitness failed", e);
    }
  }

  private void prove() throws InterruptedException {
    Duration due = encoderComplaint.isPresent() ? PROOF_WHILE_UNFIT : PROOF;
    boolean toolGone = encoderComplaint.isEmpty() && fitness.missingTool().isPresent();
    if (toolGone || Duration.between(provedAt, Instant.now()).compareTo(due) >= 0) {
      encoderComplaint = fitness.encoderComplaint(Encoder.LIBSVTAV1);
      provedAt = Instant.now();
    }
  }

  private void gate(String queue, Optional<String> complaint) {
    Worker worker = workers.getWorker(queue);
    if (complaint.isPresent()) {
      if (!complaint.get().equals(paused.put(queue, complaint.get()))) {
        log.warn("{} is not served: {}", queue, complaint.get());
      }
      worker.suspendPolling();
    } else if (paused.remove(queue) != null || worker.isSuspended()) {
      log.info("{} is served again", queue);
      worker.resumePolling();
    }
  }
}
