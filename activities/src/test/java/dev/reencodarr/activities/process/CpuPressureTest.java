package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuPressureTest {

  private static final long NONE = 0;
  private static final long PLENTY = Long.MAX_VALUE / 2;
  private static final long A_DAY_IN_MICROS = 86_400_000_000L;

  @TempDir private Path proc;

  private void waited(long micros) throws IOException {
    Files.createDirectories(proc.resolve("pressure"));
    Files.writeString(
        proc.resolve("pressure/cpu"),
        """
        some avg10=99.00 avg60=99.00 avg300=99.00 total=%d
        full avg10=0.00 avg60=0.00 avg300=0.00 total=0
        """
            .formatted(micros));
  }

  @Test
  void whoGetsLittleWhileOthersWaitTooIsStarved() throws Exception {
    CpuPressure pressure = new CpuPressure(proc, 2);
    waited(1);
    CpuPressure.Mark mark = pressure.mark();

    assertThat(pressure.starves(mark, NONE)).as("nothing has waited since").isFalse();

    waited(A_DAY_IN_MICROS);
    assertThat(pressure.starves(mark, NONE)).isTrue();
    assertThat(pressure.starves(mark, PLENTY)).as("it had its share").isFalse();
  }

  @Test
  void whereTheKernelKeepsNoPressureTheLoadCounts() throws Exception {
    CpuPressure pressure = new CpuPressure(proc, 2);

    assertThat(pressure.starves(pressure.mark(), NONE)).as("unknown").isFalse();

    Files.writeString(proc.resolve("loadavg"), "2.10 9.00 9.00 1/300 4711\n");
    assertThat(pressure.starves(pressure.mark(), NONE)).as("about one a core").isFalse();

    Files.writeString(proc.resolve("loadavg"), "3.50 0.00 0.00 1/300 4711\n");
    assertThat(pressure.starves(pressure.mark(), NONE)).isTrue();
    assertThat(pressure.starves(pressure.mark(), PLENTY)).isFalse();
  }
}
