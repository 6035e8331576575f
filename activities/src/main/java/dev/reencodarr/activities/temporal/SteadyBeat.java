package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.encode.EncodeProgress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Beats for an activity from a thread of its own, also while it waits for what cannot say how far
 * it is: a disk that takes in gigabytes before it answers, a walk through a library, a lock. Else
 * its attempt would be believed lost in the middle of its work.
 *
 * <p>It ends with the work, and an hour after the work has said something for the last time: a
 * mount that hangs never answers, and somebody else is to be told so. A slow disk needs some ten
 * minutes: a system holds back a part of its memory at most, 13 GB where it has 64, and writes
 * those at 10 MB/s in 22 minutes.
 */
public final class SteadyBeat implements Consumer<EncodeProgress>, AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final Duration LONGEST_SILENCE = Duration.ofHours(1);

  private final Consumer<EncodeProgress> heartbeat;
  private final Duration every;
  private final Duration longestSilence;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile EncodeProgress latest;
  private volatile long saidAt = System.nanoTime();
  private volatile @Nullable RuntimeException stop;

  private SteadyBeat(
      Consumer<EncodeProgress> heartbeat,
      EncodeProgress first,
      Duration every,
      Duration longestSilence) {
    this.heartbeat = heartbeat;
    this.latest = first;
    this.every = every;
    this.longestSilence = longestSilence;
    this.thread = Thread.ofVirtual().name("steady-beat").unstarted(this::beat);
  }

  /**
   * Begins to beat.
   *
   * @param heartbeat of the activity; may be told from any thread
   * @param first what is said until the work says more
   */
  public static SteadyBeat begin(Consumer<EncodeProgress> heartbeat, EncodeProgress first) {
    return begin(heartbeat, first, EVERY, LONGEST_SILENCE);
  }

  static SteadyBeat begin(
      Consumer<EncodeProgress> heartbeat,
      EncodeProgress first,
      Duration every,
      Duration longestSilence) {
    SteadyBeat beat = new SteadyBeat(heartbeat, first, every, longestSilence);
    beat.thread.start();
    return beat;
  }

  /**
   * The work says how far it is; throws what the heartbeat throws, also what it has thrown while
   * the work was silent.
   */
  @Override
  public void accept(EncodeProgress progress) {
    latest = progress;
    saidAt = System.nanoTime();
    RuntimeException told = stop;
    if (told != null) {
      throw told;
    }
    heartbeat.accept(progress);
  }

  private void beat() {
    try {
      while (!ended.await(every.toNanos(), TimeUnit.NANOSECONDS)
          && System.nanoTime() - saidAt < longestSilence.toNanos()) {
        heartbeat.accept(latest);
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException unwanted) {
      stop = unwanted;
    }
  }

  /** Whether it still beats when the work is silent. */
  boolean beats() {
    return thread.isAlive();
  }

  /** Waits until it does not beat any more; false if it still does after this time. */
  boolean silence(Duration most) throws InterruptedException {
    return thread.join(most);
  }

  /** Nothing is said for the activity any more. */
  @Override
  public void close() {
    ended.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
