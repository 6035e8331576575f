package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.reencodarr.workflows.plan.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameLogTest {

  @TempDir private Path folder;

  private List<Double> windows(Metric metric, String log, double frames) throws IOException {
    return FrameLog.windows(metric, Files.writeString(folder.resolve("log"), log), frames);
  }

  /** Every so many frames one is in the log. */
  private static String vmaf(int frames, int subsample) {
    StringBuilder log = new StringBuilder("Frame,integer_adm2,vmaf,\n");
    for (int frame = 0; frame < frames; frame += subsample) {
      log.append(frame).append(",0.98,").append(frame < 100 ? 90 : 96).append(",\n");
    }
    return log.toString();
  }

  @ParameterizedTest
  @CsvSource({"1", "5"})
  void aWindowHasTheMeanOfItsScoredFrames(int subsample) throws IOException {
    assertThat(windows(Metric.VMAF, vmaf(300, subsample), 100)).containsExactly(90.0, 96.0, 96.0);
  }

  @ParameterizedTest
  @CsvSource({"240,2", "260,3", "30,1", "1,1"})
  void aShortRestBelongsToTheWindowBefore(int frames, int windows) throws IOException {
    assertThat(windows(Metric.VMAF, vmaf(frames, 1), 100)).hasSize(windows);
  }

  /** The root of the error is averaged in each plane, and the worst plane counts. */
  @Test
  void windowsOfXpsnrAreJoinedAsTheFilterJoinsAFilm() throws IOException {
    String log =
        """
        n:    1  XPSNR y: 40.0000  XPSNR u: 50.0000  XPSNR v: inf
        n:    2  XPSNR y: 20.0000  XPSNR u: 50.0000  XPSNR v: inf
        n:    3  XPSNR y: 45.0000  XPSNR u: 38.0000  XPSNR v: 41.5000

        XPSNR average, 3 frames  y: 28.0000
        """;

    List<Double> windows = windows(Metric.XPSNR, log, 2);

    // 20 log10 of the mean of 0.01 and 0.1
    assertThat(windows).hasSize(2);
    assertThat(windows.getFirst()).isCloseTo(25.19, within(0.01));
    assertThat(windows.getLast()).isCloseTo(38, within(0.001));
  }

  @ParameterizedTest
  @CsvSource({"VMAF,''", "VMAF,'Frame,psnr,'", "XPSNR,''", "XPSNR,'nonsense'"})
  void aLogWithoutFramesHasNoWindows(Metric metric, String log) throws IOException {
    assertThat(windows(metric, log, 100)).isEmpty();
  }
}
