package dev.reencodarr.worker;

import dev.reencodarr.activities.encode.TakeOver;
import dev.reencodarr.activities.hold.MachineHold;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.temporal.LostAttempts;
import dev.reencodarr.worker.QueueHealth.Complaint;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.temporal.TaskQueues;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after this worker's fitness: a queue that it cannot serve is not polled and says why; it is
 * tried again and taken up alone. A broken worker fails no videos.
 */
final class WorkerHealth {

  private static final Logger log = LoggerFactory.getLogger(WorkerHealth.class);

  /** Of every machine, and proved with its tools; the others are looked after by themselves. */
  private static final Encoder ENCODER = Encoder.LIBSVTAV1;

  private static final Duration LOOK = Duration.ofSeconds(5);

  /** Each open workflow is asked about. */
  private static final Duration LOOK_AFTER_ATTEMPTS = Duration.ofSeconds(20);

  /** How often an encoder is proved again; a one-frame encode costs half a second of a core. */
  private static final Duration PROOF = Duration.ofMinutes(10);

  private static final Duration PROOF_WHILE_UNFIT = Duration.ofSeconds(30);

  /** A driver that hangs is not waited for longer: the other queues are served meanwhile. */
  private static final Duration FIRST_PROOF_OF_ENCODERS = Duration.ofSeconds(30);

  private final Gates gates;
  private final Fitness fitness;
  private final ZoneRoots roots;
  private final WorkerRow row;
  private final TakeOver takeOver;
  private final QueueFailures failures;
  private final LostAttempts lostAttempts;
  private final Suspicion suspicion;
  private final MachineHold hold;
  private final EncoderProofs encoders;
  private final List<String> queues;
  private final Machine machine;

  /** Three: while Temporal is away, a look after attempts waits for it, and the others must not. */
  private final ScheduledExecutorService clock =
      Executors.newScheduledThreadPool(
          3, Thread.ofPlatform().name("worker-health-", 1).daemon().factory());

  private final CountDownLatch encodersLookedAt = new CountDownLatch(1);
  private final Map<String, String> paused = new LinkedHashMap<>();
  private Fitness.@Nullable Proof proof;
  private @Nullable Future<?> looking;
  private boolean toolsWereThere = false;
  private Instant provedAt = Instant.EPOCH;

  /**
   * @param queues of this worker besides those of encoders
   */
  WorkerHealth(
      Gates gates,
      Fitness fitness,
      ZoneRoots roots,
      WorkerRow row,
      QueueFailures failures,
      TakeOver takeOver,
      LostAttempts lostAttempts,
      Suspicion suspicion,
      MachineHold hold,
      EncoderProofs encoders,
      List<String> queues,
      Machine machine) {
    this.gates = gates;
    this.fitness = fitness;
    this.roots = roots;
    this.row = row;
    this.failures = failures;
    this.takeOver = takeOver;
    this.lostAttempts = lostAttempts;
    this.suspicion = suspicion;
    this.hold = hold;
    this.encoders = encoders;
    this.queues = List.copyOf(queues);
    this.machine = machine;
  }

  /** Proves what the worker offers before it returns, then keeps looking. */
  void start() {
    var _ =
        clock.scheduleWithFixedDelay(
            this::lookAtEncoders, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    awaitEncoders();
    look();
    looking =
        clock.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    long pause = LOOK_AFTER_ATTEMPTS.toMillis();
    var _ =
        clock.scheduleWithFixedDelay(this::lookAfterAttempts, pause, pause, TimeUnit.MILLISECONDS);
  }

  /** Who offers only its CPU at first is given what its GPU is there for. */
  private void awaitEncoders() {
    try {
      if (!encodersLookedAt.await(FIRST_PROOF_OF_ENCODERS.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("an encoder takes long to be proved; the others are served meanwhile");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  void stop() {
    if (looking != null) {
      looking.cancel(true);
    }
    clock.shutdownNow();
    row.gone();
  }

  private synchronized void look() {
    try {
      Fitness.Proof proved = proved();
      List<QueueHealth> health = new ArrayList<>(health(proved));
      List<Encoder> served = new ArrayList<>();
      for (Encoder encoder : encoders.served()) {
        Optional<Complaint> complaint = complaint(encoder, proved);
        if (complaint.isEmpty() || isToldOf(encoder)) {
          served.add(encoder);
          health.addAll(
              complaint.map(why -> complaining(encoder, why)).orElseGet(() -> ofEncoder(encoder)));
        }
      }
      String held = hold.why();
      health.forEach(each -> openOrClose(each, held));
      notServed(served).forEach(each -> closeSilently(each.queue()));
      takeOver.endUnwanted();
      row.seen(queuesWith(served), paused, held);
      health.addAll(notServed(served));
      failures.tell(health);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The database may be away; the next look writes the row again.
      log.warn("a look after the worker's fitness failed", e);
    }
  }

  private void lookAtEncoders() {
    try {
      boolean hasChanged = encoders.look();
      encodersLookedAt.countDown();
      if (hasChanged) {
        look();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      log.warn("a look after the encoders failed", e);
    } finally {
      encodersLookedAt.countDown();
    }
  }

  private List<String> queuesWith(List<Encoder> served) {
    List<String> all = new ArrayList<>(queues);
    served.forEach(encoder -> {
      all.add(TaskQueues.search(encoder, machine.zone()));
      all.add(TaskQueues.encode(encoder, machine.zone()));
    });
    return all;
  }

  /** What keeps the whole machine from encodes is told of SVT-AV1's queues, and not seven times. */
  private boolean isToldOf(Encoder encoder) {
    return encoder == ENCODER
        || encoders.complaint(encoder).isPresent()
        || !encoders.served().contains(ENCODER);
  }

  /** One whose device was never seen is no fault of this machine; an earlier life's may be over. */
  private List<QueueHealth> notServed(List<Encoder> served) {
    return Arrays.stream(Encoder.values())
        .filter(encoder -> !served.contains(encoder))
        .flatMap(encoder -> ofEncoder(encoder).stream())
        .toList();
  }

  private Optional<Complaint> complaint(Encoder encoder, Fitness.Proof proved) {
    return (encoder == ENCODER ? proved.againstEncodes() : proved.againstAnyEncode())
        .or(() -> encoders.complaint(encoder))
        .map(WorkerHealth::unfit)
        .or(this::workFolder)
        .or(this::mounts);
  }

  /** Its queues, with nothing to complain of. */
  private List<QueueHealth> ofEncoder(Encoder encoder) {
    String zone = machine.zone();
    return List.of(
        new QueueHealth(
            TaskQueues.search(encoder, zone), FailureStage.CRF_SEARCH, Optional.empty()),
        new QueueHealth(TaskQueues.encode(encoder, zone), FailureStage.ENCODING, Optional.empty()));
  }

  private List<QueueHealth> complaining(Encoder encoder, Complaint complaint) {
    return ofEncoder(encoder).stream()
        .map(health -> new QueueHealth(health.queue(), health.stage(), Optional.of(complaint)))
        .toList();
  }

  private Optional<Complaint> mounts() {
    return roots.complaint().map(why -> new Complaint(EvidenceKind.MOUNT_GONE, why));
  }

  private List<QueueHealth> health(Fitness.Proof proved) {
    Optional<Complaint> mounts = mounts();
    String zone = machine.zone();
    return List.of(
        new QueueHealth(
            TaskQueues.analyse(zone),
            FailureStage.ANALYSIS,
            proved.againstAnalysis().map(WorkerHealth::unfit).or(() -> mounts)),
        new QueueHealth(TaskQueues.files(zone), FailureStage.POST_PROCESS, mounts),
        new QueueHealth(
            TaskQueues.check(zone),
            FailureStage.ANALYSIS,
            proved.againstDecoding().map(WorkerHealth::unfit).or(() -> mounts)),
        new QueueHealth(
            TaskQueues.host(machine.host()),
            FailureStage.POST_PROCESS,
            proved.againstVerification().map(WorkerHealth::unfit)));
  }

  private Optional<Complaint> workFolder() {
    return fitness
        .spaceComplaint()
        .map(why -> new Complaint(EvidenceKind.DISK_FULL, why))
        .or(() ->
            fitness.writingComplaint().map(why -> new Complaint(EvidenceKind.WORK_FOLDER, why)));
  }

  private static Complaint unfit(String why) {
    return new Complaint(EvidenceKind.TOOL_UNFIT, why);
  }

  private void lookAfterAttempts() {
    try {
      lostAttempts.look();
    } catch (RuntimeException e) {
      // Temporal may be away; the next look finds them too.
      log.warn("a look after lost attempts failed", e);
    }
  }

  /**
   * The latest proof, made anew where it is due, a tool has gone, or a step has failed for want of
   * one.
   */
  private Fitness.Proof proved() throws InterruptedException {
    if (proof != null && !isDue(proof)) {
      return proof;
    }
    toolsWereThere = fitness.areToolsThere();
    if (proof != null) {
      encoders.proveAgain();
    }
    Fitness.Proof now = fitness.prove(ENCODER);
    proof = now;
    provedAt = Instant.now();
    return now;
  }

  private boolean isDue(Fitness.Proof last) {
    Duration due = last.isGood() ? PROOF : PROOF_WHILE_UNFIT;
    boolean aToolCameOrWent = fitness.areToolsThere() != toolsWereThere;
    return suspicion.wasRaised()
        || aToolCameOrWent
        || Duration.between(provedAt, Instant.now()).compareTo(due) >= 0;
  }

  /**
   * @param held why no heavy work is to begin, which is no fault; empty where it may
   */
  private void openOrClose(QueueHealth health, String held) {
    Optional<String> why =
        health
            .complaint()
            .map(Complaint::why)
            .or(() ->
                isHeavy(health.queue()) && !held.isEmpty() ? Optional.of(held) : Optional.empty());
    why.ifPresentOrElse(it -> close(health.queue(), it), () -> open(health.queue()));
  }

  private boolean isHeavy(String queue) {
    return queue.equals(TaskQueues.check(machine.zone()))
        || Stream.of(Encoder.values())
            .flatMap(encoder ->
                Stream.of(
                    TaskQueues.search(encoder, machine.zone()),
                    TaskQueues.encode(encoder, machine.zone())))
            .anyMatch(queue::equals);
  }

  private void close(String queue, String why) {
    if (!why.equals(paused.put(queue, why))) {
      log.warn("{} is not served: {}", queue, why);
    }
    gates.of(queue).close();
  }

  private void closeSilently(String queue) {
    paused.remove(queue);
    gates.of(queue).close();
  }

  private void open(String queue) {
    if (paused.remove(queue) != null) {
      log.info("{} is served again", queue);
    }
    gates.of(queue).open();
  }
}
