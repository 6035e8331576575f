package dev.reencodarr.activities.encode;

import dev.reencodarr.activities.process.CpuPressure;
import dev.reencodarr.activities.process.DetachedJob;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast an encode comes on, one window after the other. Some frames an hour are life, but where
 * others have the processors all the time it is better done later.
 */
final class PaceWatch {

  /** What a program waits for is seen from time to time, and not at the end alone. */
  private static final int LOOKS_A_WINDOW = 60;

  private final DetachedJob job;
  private final CpuPressure pressure;
  private final EncodeLimits.Pace least;
  private @Nullable Window window;

  PaceWatch(DetachedJob job, CpuPressure pressure, EncodeLimits.Pace least) {
    this.job = job;
    this.pressure = pressure;
    this.least = least;
  }

  /** What is measured since a moment. */
  private static final class Window {
    private final CpuPressure.Mark since;
    private final long ticks;
    private final long frames;
    private long nextLook;
    private int looks = 0;
    private int wanting = 0;

    private Window(CpuPressure.Mark since, long ticks, long frames) {
      this.since = since;
      this.ticks = ticks;
      this.frames = frames;
      this.nextLook = since.nanoTime();
    }

    private Duration age() {
      return Duration.ofNanos(System.nanoTime() - since.nanoTime());
    }
  }

  /** It is no encode at the moment: the next window begins with the next frame. */
  void rest() {
    window = null;
  }

  /**
   * Takes down how far the encode is.
   *
   * @return how many frames it came on in a window that has ended, where these are too few and it
   *     was starved all the while
   */
  Optional<Long> look(long frames) throws IOException {
    if (least.framesPerSecond() <= 0) {
      return Optional.empty();
    }
    Window now = window;
    if (now == null) {
      window = begin(frames);
      return Optional.empty();
    }
    lookWhatItWants(now);
    Duration age = now.age();
    if (age.compareTo(least.window()) < 0) {
      return Optional.empty();
    }
    long done = frames - now.frames;
    boolean tooSlow = done < least.framesPerSecond() * age.toMillis() / 1000.0;
    if (tooSlow && isStarved(now)) {
      return Optional.of(done);
    }
    window = begin(frames);
    return Optional.empty();
  }

  private Window begin(long frames) throws IOException {
    return new Window(pressure.mark(), job.cpuTicks(), frames);
  }

  private void lookWhatItWants(Window now) throws IOException {
    if (System.nanoTime() < now.nextLook) {
      return;
    }
    now.nextLook = System.nanoTime() + least.window().toNanos() / LOOKS_A_WINDOW;
    now.looks++;
    now.wanting += job.wantsProcessor() ? 1 : 0;
  }

  /** Who waits for a disk most of the time is not helped by a processor. */
  private boolean isStarved(Window now) throws IOException {
    return 2 * now.wanting > now.looks && pressure.starves(now.since, job.cpuTicks() - now.ticks);
  }
}
