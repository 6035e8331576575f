package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scores of ours lie on the scale of the search's: the same scaling and model as ab-av1's. */
class VmafScaleTest {

  @ParameterizedTest
  @CsvSource({
    "auto, 320, 180, 'scale=1920:-1:flags=bicubic,'",
    "auto, 640, 480, 'scale=-1:1080:flags=bicubic,'",
    "auto, 1920, 1080, ''",
    "auto, 1728, 720, ''",
    "auto, 3000, 1600, 'scale=3840:-1:flags=bicubic,'",
    "auto, 3840, 2160, ''",
    "none, 320, 180, ''",
    "1280x720, 640, 480, 'scale=-1:720:flags=bicubic,'"
  })
  void picturesAreScaledAsByAbAv1(String scale, int width, int height, String expected) {
    String filter =
        VmafScale.filter(scale, width, height, "yuv420p10le", "0:0", "1:2", "", false, 0, 5, 2);

    assertThat(filter)
        .startsWith("[0:0]format=yuv420p10le," + expected + "settb=AVTB[dis];[1:2]")
        .contains("n_subsample=5", "n_threads=2");
    assertThat(filter.contains("vmaf_4k")).isEqualTo(width > 2560);
  }
}
