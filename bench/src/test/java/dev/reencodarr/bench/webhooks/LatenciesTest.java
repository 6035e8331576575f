package dev.reencodarr.bench.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  @Test
  void ofAThousandTheTenLongestMayBeLonger() {
    List<Answer> answers =
        LongStream.rangeClosed(1, 1000)
            .mapToObj(number -> new Answer(204, (1001 - number) * 1000, 0))
            .toList();

    Latencies latencies = Latencies.of(answers);

    assertThat(latencies.percentile(50)).isEqualTo(500);
    assertThat(latencies.percentile(99)).isEqualTo(990);
    assertThat(latencies.longest()).isEqualTo(1000);
  }

  @Test
  void aSingleOneIsAllOfThem() {
    Latencies latencies = Latencies.of(List.of(new Answer(204, 1500, 0)));

    assertThat(latencies.percentile(1)).isEqualTo(1.5);
    assertThat(latencies.longest()).isEqualTo(1.5);
  }

  @Test
  void nothingHasNoLatency() {
    assertThatThrownBy(() -> Latencies.of(List.of())).hasMessageContaining("nothing");
  }
}
