package dev.reencodarr.worker;

import dev.reencodarr.activities.encode.TakeOver;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.temporal.LostAttempts;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.temporal.TaskQueues;
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
  private static final Encoder ENCODER = Encoder.LIBSVTAV1;
  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Each open workflow is asked about. */
  private static final Duration LOOK_AFTER_ATTEMPTS = Duration.ofSeconds(20);

  /** How often an encoder is proved again; a one-frame encode costs half a second of a core. */
  private static final Duration PROOF = Duration.ofMinutes(10);

  private static final Duration PROOF_WHILE_UNFIT = Duration.ofSeconds(30);

  private final Gates gates;
  private final Fitness fitness;
  private final ZoneRoots roots;
  private final WorkerRow row;
  private final TakeOver takeOver;
  private final LostAttempts lostAttempts;
  private final List<String> queues;
  private final Machine machine;

  /** Two: while Temporal is away, a look after attempts waits for it, and the others must not. */
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("worker-health-", 1).daemon().factory());

  private final Map<String, String> paused = new LinkedHashMap<>();
  private Fitness.@Nullable Proof proof;
  private @Nullable Future<?> looking;
  private boolean toolsWereThere = false;
  private Instant provedAt = Instant.EPOCH;

  /**
   * @param queues all queues of this worker
   */
  WorkerHealth(
      Gates gates,
      Fitness fitness,
      ZoneRoots roots,
      WorkerRow row,
      TakeOver takeOver,
      LostAttempts lostAttempts,
      List<String> queues,
      Machine machine) {
    this.gates = gates;
    this.fitness = fitness;
    this.roots = roots;
    this.row = row;
    this.takeOver = takeOver;
    this.lostAttempts = lostAttempts;
    this.queues = List.copyOf(queues);
    this.machine = machine;
  }

  /** Proves what the worker offers before it returns, then keeps looking. */
  void start() {
    look();
    looking =
        clock.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    long pause = LOOK_AFTER_ATTEMPTS.toMillis();
    var _ =
        clock.scheduleWithFixedDelay(this::lookAfterAttempts, pause, pause, TimeUnit.MILLISECONDS);
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
      Fitness.Proof proved = proved();
      Optional<String> work = fitness.workFolderComplaint();
      Optional<String> mounts = roots.complaint();
      String zone = machine.zone();
      Map<String, Optional<String>> complaints =
          Map.of(
              TaskQueues.search(ENCODER, zone),
                  proved.againstEncodes().or(() -> work).or(() -> mounts),
              TaskQueues.encode(ENCODER, zone),
                  proved.againstEncodes().or(() -> work).or(() -> mounts),
              TaskQueues.analyse(zone), proved.againstAnalysis().or(() -> mounts),
              TaskQueues.files(zone), mounts,
              TaskQueues.host(machine.host()), proved.againstVerification());
      complaints.forEach((queue, complaint) ->
          complaint.ifPresentOrElse(why -> close(queue, why), () -> open(queue)));
      takeOver.endUnwanted();
      row.seen(queues, paused);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The database may be away; the next look writes the row again.
      log.warn("a look after the worker's fitness failed", e);
    }
  }

  private void lookAfterAttempts() {
    try {
      lostAttempts.look();
    } catch (RuntimeException e) {
      // Temporal may be away; the next look finds them too.
      log.warn("a look after lost attempts failed", e);
    }
  }

  /** The latest proof, made anew where it is due or a tool has gone. */
  private Fitness.Proof proved() throws InterruptedException {
    if (proof != null && !isDue(proof)) {
      return proof;
    }
    toolsWereThere = fitness.areToolsThere();
    Fitness.Proof now = fitness.prove(ENCODER);
    proof = now;
    provedAt = Instant.now();
    return now;
  }

  private boolean isDue(Fitness.Proof last) {
    Duration due = last.isGood() ? PROOF : PROOF_WHILE_UNFIT;
    boolean aToolCameOrWent = fitness.areToolsThere() != toolsWereThere;
    return aToolCameOrWent || Duration.between(provedAt, Instant.now()).compareTo(due) >= 0;
  }

  private void close(String queue, String why) {
    if (!why.equals(paused.put(queue, why))) {
      log.warn("{} is not served: {}", queue, why);
    }
    gates.of(queue).close();
  }

  private void open(String queue) {
    if (paused.remove(queue) != null) {
      log.info("{} is served again", queue);
    }
    gates.of(queue).open();
  }
}
