package dev.reencodarr.workflows.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.Encoder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncoderThreadsTest {

  @ParameterizedTest
  @CsvSource({
    "1,1,1", "2,2,2", "3,2,2", "4,3,4", "5,3,4", "6,4,6", "12,5,12", "24,6,24", "64,6,24"
  })
  void aCommandTellsWithHowManyThreadsItEncodesAsFarAsItsLevelTells(
      int threads, int level, int told) {
    List<String> arguments = EncoderThreads.arguments(Encoder.LIBSVTAV1, threads);

    assertThat(arguments).containsExactly("--svt", "lp=" + level);
    assertThat(EncoderThreads.of(arguments)).hasValue(told);
    assertThat(EncoderThreads.of(List.of("encode", "--preset", "8"))).isEmpty();
  }
}
