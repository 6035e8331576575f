package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.CpuPressure;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.DetachedJob.State;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeProgress.Phase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Waits for a job, says every second how far it is, and notices when it does nothing any more. */
final class JobWatch {

  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final DetachedJob job;
  private final ProgressFile progress;
  private final SourceLength length;
  private final EncodeLimits limits;
  private final String host;
  private final Consumer<EncodeProgress> beats;
  private final BooleanSupplier isFrozen;
  private final CpuPressure pressure = new CpuPressure();
  private final PaceWatch pace;

  /**
   * From when on a job is looked at for what it gets of the processors.
   *
   * @param ticks of CPU time that it had had by then
   */
  private record Share(CpuPressure.Mark since, long ticks) {}

  private Phase phase = Phase.ENCODING;
  private long signOfLife = -1;
  private long lastSign;

  /** Since it is silent; null while it says something. */
  private @Nullable Share silence;

  JobWatch(
      DetachedJob job,
      ProgressFile progress,
      SourceLength length,
      EncodeLimits limits,
      String host,
      Consumer<EncodeProgress> beats,
      BooleanSupplier isFrozen) {
    this.job = job;
    this.progress = progress;
    this.length = length;
    this.limits = limits;
    this.host = host;
    this.beats = beats;
    this.isFrozen = isFrozen;
    this.pace = new PaceWatch(job, pressure, limits.leastPace());
  }

  /** What the wait came to. */
  sealed interface Seen {

    /** The program has ended by itself. */
    record Ended(State.Ended state) implements Seen {}

    /** It is gone without an exit code: killed together with its wrapper, or removed. */
    record Gone() implements Seen {}

    /**
     * It does nothing any more.
     *
     * @param starved whether it would, but hardly gets a processor
     */
    record Stalled(Phase phase, long frames, boolean starved) implements Seen {}

    /**
     * It comes on, but hardly, since others have the processors.
     *
     * @param frames in the last window of {@link EncodeLimits#leastPace}
     */
    record Crawling(long frames) implements Seen {}

    /** It is to be stopped where it stands. */
    record ToBeFrozen() implements Seen {}

    /**
     * It took longer than a job may.
     *
     * @param starved whether it has hardly got a processor, though it wants one
     */
    record TooLong(boolean starved) implements Seen {}
  }

  /** From when on the running time of a job counts: later by the time that it was held. */
  interface RunningSince {
    Instant get() throws IOException;
  }

  /**
   * Waits until the job ends or has to be ended. What the heartbeat throws is passed on. While its
   * machine is held up, no limit counts.
   */
  Seen await(RunningSince running) throws IOException, InterruptedException {
    lastSign = System.nanoTime();
    Share begun = share();
    Instant since = running.get();
    boolean held = job.isHeld();
    long nextBeat = System.nanoTime();
    while (true) {
      switch (job.state()) {
        case State.Ended ended -> {
          return new Seen.Ended(ended);
        }
        case State.NotRunning _ -> {
          return new Seen.Gone();
        }
        case State.Running _ -> {}
      }
      if (System.nanoTime() >= nextBeat) {
        nextBeat = System.nanoTime() + BEAT.toNanos();
        ProgressBlock block = progress.latest();
        beats.accept(held ? look(block).in(Phase.HELD) : look(block));
        if (isFrozen.getAsBoolean()) {
          return new Seen.ToBeFrozen();
        }
        if (held) {
          held = job.isHeld();
          lastSign = System.nanoTime();
          silence = null;
          pace.rest();
          begun = share();
          since = running.get();
          continue;
        }
        held = job.isHeld();
        if (Duration.ofNanos(System.nanoTime() - lastSign).compareTo(limits.stall()) > 0) {
          return new Seen.Stalled(
              phase, block.frame(), isStarved(Objects.requireNonNullElse(silence, begun)));
        }
        Optional<Long> crawl = crawl(block);
        if (crawl.isPresent()) {
          return new Seen.Crawling(crawl.get());
        }
        if (Duration.between(since, Instant.now()).compareTo(limits.runningTime()) > 0) {
          return new Seen.TooLong(isStarved(begun));
        }
      }
      Thread.sleep(LOOK);
    }
  }

  /** The check of a result has no frames that could be counted. */
  private Optional<Long> crawl(ProgressBlock block) throws IOException {
    if (block.ended()) {
      pace.rest();
      return Optional.empty();
    }
    return pace.look(block.frame());
  }

  private Share share() throws IOException {
    return new Share(pressure.mark(), job.cpuTicks());
  }

  private boolean isStarved(Share begun) throws IOException {
    return job.wantsProcessor() && pressure.starves(begun.since(), job.cpuTicks() - begun.ticks());
  }

  private EncodeProgress look(ProgressBlock block) throws IOException {
    phase = block.ended() ? Phase.CHECKING : Phase.ENCODING;
    // While the result is checked the progress file stands still.
    long sign = block.ended() ? job.cpuTicks() : block.frame();
    if (sign != signOfLife) {
      signOfLife = sign;
      lastSign = System.nanoTime();
      silence = null;
    } else if (silence == null) {
      silence = share();
    }
    return block.ended()
        ? new EncodeProgress(phase, host, 100, 0, -1, block.totalSize())
        : new EncodeProgress(
            phase,
            host,
            length.percent(block),
            block.fps(),
            length.etaSeconds(block),
            block.totalSize());
  }

  /** How far it has come. */
  ProgressBlock progress() throws IOException {
    return progress.latest();
  }
}
