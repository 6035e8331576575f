package dev.reencodarr.activities.hold;

import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sees to it every second that heavy work is held up while there is a reason to, and goes on when
 * there is none: also the jobs that no attempt waits for.
 */
public final class HoldKeeper implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HoldKeeper.class);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How often the sources ask whoever knows. */
  private static final long REFRESH_NANOS = Duration.ofSeconds(5).toNanos();

  /** No start waits longer for whoever knows. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);

  /** Then work goes on without those who have never answered. */
  private static final Duration UNTIL_KNOWN = Duration.ofMinutes(5);

  private static final Hold NOT_KNOWN =
      new Hold("it is not known yet whether it may run, nobody has answered", false);

  private final long began = System.nanoTime();
  private final Duration untilKnown;
  private final List<Asked> sources;
  private final MachineHold hold;
  private final JobFolders folders;
  private final Clock clock;
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("hold-keeper").daemon().factory());

  /** At the start there may be jobs that an earlier worker has held. */
  private boolean someAreHeld = true;

  public HoldKeeper(List<HoldSource> sources, MachineHold hold, JobFolders folders, Clock clock) {
    this(sources, hold, folders, clock, UNTIL_KNOWN);
  }

  /**
   * @param untilKnown longest wait for sources that have never answered
   */
  HoldKeeper(
      List<HoldSource> sources,
      MachineHold hold,
      JobFolders folders,
      Clock clock,
      Duration untilKnown) {
    this.untilKnown = untilKnown;
    this.sources = sources.stream().map(Asked::new).toList();
    this.hold = hold;
    this.folders = folders;
    this.clock = clock;
  }

  /** A source, asked from time to time; one that does not answer keeps no other waiting. */
  private static final class Asked {
    private final HoldSource source;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile long askedAt = System.nanoTime() - REFRESH_NANOS;

    private Asked(HoldSource source) {
      this.source = source;
    }

    private Optional<Thread> askIfDue() {
      boolean due = System.nanoTime() - askedAt >= REFRESH_NANOS;
      return due && asking.compareAndSet(false, true)
          ? Optional.of(Thread.ofVirtual().start(this::ask))
          : Optional.empty();
    }

    private void ask() {
      try {
        source.refresh();
      } catch (DataAccessException away) {
        LOG.debug("what is known stays in force", away);
      } catch (RuntimeException e) {
        LOG.warn("what may hold up heavy work could not be asked", e);
      } finally {
        askedAt = System.nanoTime();
        asking.set(false);
      }
    }
  }

  /** Looks once before it returns, then keeps looking. */
  public void start() {
    List<Thread> first = sources.stream().flatMap(each -> each.askIfDue().stream()).toList();
    try {
      for (Thread asking : first) {
        asking.join(FIRST_ANSWER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    look();
    var _ =
        ticking.scheduleWithFixedDelay(
            this::tick, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    // In the background: a database that does not answer is not to keep a window from closing.
    sources.forEach(Asked::askIfDue);
    look();
  }

  /** Does what is to be done at this moment. */
  void look() {
    try {
      List<Hold> now =
          Stream.concat(
                  sources.stream().flatMap(each -> each.source.holds().stream()),
                  isKnown() ? Stream.empty() : Stream.of(NOT_KNOWN))
              .toList();
      boolean mayHaveBegun = hold.mayBegin();
      hold.set(now);
      if (mayHaveBegun != now.isEmpty()) {
        LOG.info(now.isEmpty() ? "heavy work goes on" : "heavy work is held: {}", hold.why());
      }
      if (!hold.mayGoOn()) {
        holdJobs();
      } else if (someAreHeld && !now.contains(NOT_KNOWN)) {
        letJobsGo();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The next look is a second away.
      LOG.warn("the jobs of this machine could not be held or let go", e);
    }
  }

  /** Until it is, jobs stay as they are: what runs goes on, what is held stays so. */
  private boolean isKnown() {
    return sources.stream().allMatch(each -> each.source.isKnown())
        || System.nanoTime() - began > untilKnown.toNanos();
  }

  private void holdJobs() throws IOException, InterruptedException {
    someAreHeld = true;
    for (JobFolder folder : folders.all()) {
      if (DetachedJob.in(folder).isRunning()) {
        try (var _ = folders.lock()) {
          DetachedJob.in(folder).hold(clock.instant());
        }
      }
    }
  }

  private void letJobsGo() throws IOException, InterruptedException {
    for (JobFolder folder : folders.all()) {
      try (var _ = folders.lock()) {
        DetachedJob.in(folder).letGo(clock.instant());
      }
    }
    someAreHeld = false;
  }

  /** Keeps nothing any more; what is held stays so for the next worker. */
  @Override
  public void close() {
    ticking.shutdownNow();
  }
}
