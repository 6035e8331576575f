package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceLengthTest {

  @ParameterizedTest
  @CsvSource({
    // frames, seconds | frame, fps, out time, speed | percent, eta
    "100, 4,   25, 5, 1, 2,   25, 15",
    "100, 4,  110, 5, 4, 2,  100,  0",
    "  0, 4,   25, 5, 1, 2,   25, 1.5",
    "100, 4,    0, 0, 1, 2,   25, 1.5",
    "100, 4,    0, 0, 0, 0,    0, -1",
    "  0, 0,   25, 5, 1, 2,   -1, -1"
  })
  void percentAndRemainingTimeComeFromFramesElseFromTime(
      double frames,
      double seconds,
      long frame,
      double fps,
      double outTime,
      double speed,
      double percent,
      double eta) {
    SourceLength length = new SourceLength(frames, seconds);
    ProgressBlock block = new ProgressBlock(frame, fps, outTime, 0, speed, 0, 0, false);

    assertThat(length.percent(block)).isEqualTo(percent);
    assertThat(length.etaSeconds(block)).isEqualTo(eta);
  }
}
