package dev.reencodarr.activities.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Scoring;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of copies that ask for the same point at the same time one measures it. */
class ProbesUnderWayTest {

  private final ProbesUnderWay probes = new ProbesUnderWay();
  @TempDir private Path folder;

  private ProbeRequest request(Path source, double crf) throws IOException {
    return TestProbes.request(
        source,
        0,
        0,
        new ProbeSetting(Encoder.LIBSVTAV1, 12, "yuv420p10le", List.of(), new Scoring("none", 1)),
        crf);
  }

  @Test
  void theSecondWaitsUntilTheFirstHasMeasuredAndOtherPointsDoNot() throws Exception {
    Path clip = TestClips.made(folder.resolve("one.mkv"), 1);
    ProbeRequest first = request(clip, 45);
    ProbeRequest same = request(Files.copy(clip, folder.resolve("two.mkv")), 45);
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Void> second;

    try (ProbesUnderWay.Turn _ = probes.take(first, () -> {});
        ProbesUnderWay.Turn _ = probes.take(request(clip, 46), () -> {})) {
      second =
          CompletableFuture.runAsync(() -> {
            try (ProbesUnderWay.Turn _ = probes.take(same, waits::countDown)) {
              Thread.onSpinWait();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      assertThat(waits.await(1, TimeUnit.MINUTES)).as("it waits, and says so").isTrue();
      assertThat(second).isNotDone();
    }

    assertThat(second).succeedsWithin(1, TimeUnit.MINUTES);
  }

  @Test
  void whoIsToldToStopWhileItWaitsLeavesNothingBehind() throws Exception {
    ProbeRequest request = request(TestClips.made(folder.resolve("one.mkv"), 1), 45);
    try (ProbesUnderWay.Turn _ = probes.take(request, () -> {})) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              probes.take(
                  request,
                  () -> {
                    throw new IllegalStateException("paused");
                  }));
    }

    try (ProbesUnderWay.Turn turn = probes.take(request, () -> {})) {
      assertThat(turn).isNotNull();
    }
  }
}
