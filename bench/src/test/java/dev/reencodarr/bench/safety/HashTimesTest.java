package dev.reencodarr.bench.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashTimesTest {

  @Test
  void aPercentileIsWhatSoManyOfTheRunsDidNotExceed() {
    HashTimes times = new HashTimes(List.of(1.0, 2.0, 3.0, 4.0));

    assertThat(times.percentile(50)).isEqualTo(2);
    assertThat(times.percentile(95)).isEqualTo(4);
    assertThat(times.percentile(0)).isEqualTo(1);
  }
}
