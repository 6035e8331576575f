package dev.reencodarr.activities.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.encode.EncodeProgress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The sign of life goes on while the work waits, and not for longer than it can be believed. */
class SteadyBeatTest {

  private static final Duration SOON = Duration.ofMillis(5);
  private static final Duration NEVER = Duration.ofDays(1);

  private static EncodeProgress worked(long bytes) {
    return new EncodeProgress(EncodeProgress.Phase.COPYING, "host", -1, 0, -1, bytes);
  }

  @Test
  void itBeatsWhileTheWorkSaysNothing() throws InterruptedException {
    Semaphore beats = new Semaphore(0);
    List<EncodeProgress> said = new CopyOnWriteArrayList<>();
    try (SteadyBeat beat =
        SteadyBeat.begin(
            progress -> {
              said.add(progress);
              beats.release();
            },
            worked(0),
            SOON,
            NEVER)) {
      beat.accept(worked(7));
      assertThat(beats.tryAcquire(5, 30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(said).contains(worked(7)).last().isEqualTo(worked(7));
  }

  @Test
  void itEndsWithTheWork() {
    List<EncodeProgress> said = new CopyOnWriteArrayList<>();
    SteadyBeat beat = SteadyBeat.begin(said::add, worked(0), SOON, NEVER);
    beat.close();
    assertThat(beat.beats()).isFalse();
  }

  @Test
  void aMountThatHangsDoesNotBeatForEver() throws InterruptedException {
    List<EncodeProgress> said = new CopyOnWriteArrayList<>();
    try (SteadyBeat beat = SteadyBeat.begin(said::add, worked(0), SOON, Duration.ofMillis(50))) {
      assertThat(beat.silence(Duration.ofSeconds(30))).isTrue();
      assertThat(said).isNotEmpty();
    }
  }

  @Test
  void whatAHeartbeatThrowsReachesTheWork() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    IllegalStateException unwanted = new IllegalStateException("nobody waits for this attempt");
    try (SteadyBeat beat =
        SteadyBeat.begin(
            progress -> {
              told.countDown();
              throw unwanted;
            },
            worked(0),
            SOON,
            NEVER)) {
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(() -> beat.accept(worked(1))).isSameAs(unwanted);
    }
  }
}
