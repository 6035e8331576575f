package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.plan.Metric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentsTest {

  private final List<Duration> limits = new ArrayList<>();

  /** Of a tool that says this, whatever it is asked. */
  private Instruments saying(String stderr) {
    return new Instruments(
        (call, everySecond) -> {
          limits.add(call.limit());
          return new ProgramEnd(0, 0, false, "", stderr, 1);
        },
        new ToolSet(Path.of("/ab-av1"), Path.of("/ffmpeg"), Path.of("/ffprobe")),
        new CoreBudget(1, 1),
        Path.of("/"),
        () -> {});
  }

  @ParameterizedTest
  @CsvSource({"38.5141,38.5141", "inf,100", "100.0,100"})
  void theWorstPlaneCountsAndPicturesWithoutADifferenceAreAHundred(String said, double score)
      throws Exception {
    Instruments instruments =
        saying("XPSNR  y: 44.5141  u: 41.8741  v: 42.2571  (minimum: " + said + ")");

    assertThat(instruments.score(Metric.XPSNR, threads -> List.of("xpsnr"), 0)).isEqualTo(score);
  }

  /** Three hours in 4K at two frames a second are 36 hours. */
  @Test
  void whoScoresAWholeFilmMayTakeASecondForEachFrame() throws Exception {
    Instruments instruments = saying("VMAF score: 95.1");

    instruments.score(Metric.VMAF, threads -> List.of("libvmaf"), 0);
    instruments.score(Metric.VMAF, threads -> List.of("libvmaf"), 3 * 3600 * 24);

    assertThat(limits).containsExactly(Duration.ofHours(4), Duration.ofHours(4 + 72));
  }
}
