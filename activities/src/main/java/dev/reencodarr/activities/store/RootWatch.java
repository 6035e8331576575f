package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks at the roots of libraries, each in one thread of its own. A look at a mount that hangs
 * comes back never, and no signal ends it: it blocks this one thread, and whoever asks meanwhile is
 * told so at once.
 */
public final class RootWatch {

  private static final Duration THREAD_IDLE = Duration.ofMinutes(1);
  private static final long IDLING = Long.MIN_VALUE;

  private final Duration patience;
  private final Map<MediaPath, Lane> lanes = new ConcurrentHashMap<>();

  /**
   * @param patience after which a look is taken to hang; a disk that spins up takes seconds
   */
  public RootWatch(Duration patience) {
    this.patience = patience;
  }

  /** The mount does not answer. */
  public static final class Hangs extends IOException {
    private Hangs() {
      super("it does not answer: its mount hangs");
    }
  }

  /**
   * Takes a look at a root, begun after this call.
   *
   * @throws Hangs if it takes longer than the patience, or an earlier one has not come back
   * @throws IOException as the look
   */
  public <T> T look(MediaPath root, Callable<T> look) throws IOException {
    return lanes.computeIfAbsent(root, Lane::new).look(look);
  }

  /** Looks at one root, one after the other. */
  private final class Lane {
    private final MediaPath root;
    private final ThreadPoolExecutor thread;

    /** {@link System#nanoTime} of the look that is out, or {@link #IDLING}. */
    private long lookingSince = IDLING;

    private Lane(MediaPath root) {
      this.root = root;
      this.thread =
          new ThreadPoolExecutor(
              1,
              1,
              THREAD_IDLE.toSeconds(),
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              Thread.ofPlatform().daemon().name("root " + root).factory());
      this.thread.allowCoreThreadTimeOut(true);
    }

    private <T> T look(Callable<T> look) throws IOException {
      requireAnswers();
      Future<T> answer = thread.submit(() -> timed(look));
      try {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // One that has not begun never will; one that has begun cannot be ended.
        answer.cancel(false);
        thread.purge();
        throw new Hangs();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException failure) {
          throw failure;
        }
        throw new IOException("the look at " + root + " failed", e.getCause());
      } catch (InterruptedException e) {
        answer.cancel(false);
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while " + root + " was looked at", e);
      }
    }

    private <T> T timed(Callable<T> look) throws Exception {
      begun(System.nanoTime());
      try {
        return look.call();
      } finally {
        begun(IDLING);
      }
    }

    private void requireAnswers() throws Hangs {
      if (lookingFor().compareTo(patience) >= 0) {
        throw new Hangs();
      }
    }

    private synchronized void begun(long nanos) {
      lookingSince = nanos;
    }

    private synchronized Duration lookingFor() {
      return lookingSince == IDLING
          ? Duration.ZERO
          : Duration.ofNanos(System.nanoTime() - lookingSince);
    }
  }
}
