package dev.reencodarr.activities.hold;

import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final List<HoldSource> sources;
  private final MachineHold hold;
  private final JobFolders folders;
  private final Clock clock;
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private final ScheduledExecutorService ticking =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("hold-keeper").daemon().factory());
  private volatile long refreshedAt;

  /** At the start there may be jobs that an earlier worker has held. */
  private boolean someAreHeld = true;

  public HoldKeeper(List<HoldSource> sources, MachineHold hold, JobFolders folders, Clock clock) {
    this.sources = List.copyOf(sources);
    this.hold = hold;
    this.folders = folders;
    this.clock = clock;
  }

  /** Looks once before it returns, then keeps looking. */
  public void start() {
    refresh();
    look();
    var _ =
        ticking.scheduleWithFixedDelay(
            this::tick, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (System.nanoTime() - refreshedAt > REFRESH_NANOS && refreshing.compareAndSet(false, true)) {
      // A database that does not answer is not to keep a window from closing.
      Thread.ofVirtual()
          .start(() -> {
            refresh();
            refreshing.set(false);
          });
    }
    look();
  }

  private void refresh() {
    for (HoldSource source : sources) {
      try {
        source.refresh();
      } catch (DataAccessException away) {
        LOG.debug("what is known stays in force", away);
      } catch (RuntimeException e) {
        LOG.warn("what may hold up heavy work could not be asked", e);
      }
    }
    refreshedAt = System.nanoTime();
  }

  /** Does what is to be done at this moment. */
  void look() {
    try {
      List<Hold> now = sources.stream().flatMap(source -> source.holds().stream()).toList();
      boolean mayHaveBegun = hold.mayBegin();
      hold.set(now);
      if (mayHaveBegun != now.isEmpty()) {
        LOG.info(now.isEmpty() ? "heavy work goes on" : "heavy work is held: {}", hold.why());
      }
      if (!hold.mayGoOn()) {
        holdJobs();
      } else if (someAreHeld) {
        letJobsGo();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      // The next look is a second away.
      LOG.warn("the jobs of this machine could not be held or let go", e);
    }
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
