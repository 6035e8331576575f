package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressFileTest {

  private static final String BLOCK =
      """
      frame=50
      fps=24.50
      stream_0_0_q=40.0
      bitrate= 255.8kbits/s
      total_size=63952
      out_time_us=2000000
      out_time_ms=2000000
      out_time=00:00:02.000000
      dup_frames=3
      drop_frames=1
      speed=4.21x
      progress=continue
      """;

  @TempDir private Path folder;
  private Path file;
  private ProgressFile progress;

  @BeforeEach
  void open() {
    file = folder.resolve("progress");
    progress = new ProgressFile(file);
  }

  private void append(String text) throws Exception {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Test
  void beforeTheFirstBlockNothingIsDone() throws Exception {
    assertThat(progress.latest()).isEqualTo(ProgressBlock.NONE);

    append("frame=12\nfps=3.0\n");

    assertThat(progress.latest()).isEqualTo(ProgressBlock.NONE);
  }

  @Test
  void aBlockIsReadWhole() throws Exception {
    append(BLOCK);

    assertThat(progress.latest())
        .isEqualTo(new ProgressBlock(50, 24.5, 2.0, 63952, 4.21, 3, 1, false));
    assertThat(progress.latest().decodedFrames()).isEqualTo(48);
  }

  @Test
  void aBlockThatIsBeingWrittenCountsWhenItIsComplete() throws Exception {
    append(BLOCK);
    append("frame=99\nout_time_us=40");
    assertThat(progress.latest().frame()).isEqualTo(50);

    append("00000\nprogress=end\n");

    assertThat(progress.latest().frame()).isEqualTo(99);
    assertThat(progress.latest().outTimeSeconds()).isEqualTo(4.0);
    assertThat(progress.latest().ended()).isTrue();
  }

  @Test
  void theLatestOfManyBlocksCounts() throws Exception {
    for (int frame = 1; frame <= 2000; frame++) {
      append("frame=" + frame + "\nprogress=continue\n");
    }

    assertThat(progress.latest().frame()).isEqualTo(2000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "frame=N/A               | 0   | 0    | 0   | 0",
        "total_size=N/A          | 0   | 0    | 0   | 0",
        "out_time_us=N/A         | 0   | 0    | 0   | 0",
        "out_time_us=-21333      | 0   | 0    | 0   | 0",
        "speed=N/A               | 0   | 0    | 0   | 0",
        "speed=   2x             | 0   | 0    | 0   | 2",
        "speed=1.5e+03x          | 0   | 0    | 0   | 1500",
        "frame=   7              | 7   | 0    | 0   | 0",
        "total_size=99999999999  | 0   | 0    | 99999999999 | 0",
        "out_time_us=7200000000  | 0   | 7200 | 0   | 0",
        "no key                  | 0   | 0    | 0   | 0",
        "=5                      | 0   | 0    | 0   | 0"
      })
  void oddValuesAreUnknown(String line, long frame, double seconds, long size, double speed)
      throws Exception {
    append(line + "\nprogress=continue\n");

    ProgressBlock block = progress.latest();
    assertThat(block.frame()).isEqualTo(frame);
    assertThat(block.outTimeSeconds()).isEqualTo(seconds);
    assertThat(block.totalSize()).isEqualTo(size);
    assertThat(block.speed()).isEqualTo(speed);
  }
}
