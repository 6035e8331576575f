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
  void aQuickRefusalIsNoQuickAnswer() {
    List<Answer> calls =
        List.of(
            new Answer(500, 100, 0),
            new Answer(0, 200, 0),
            new Answer(503, 300, 0),
            new Answer(204, 5000, 0),
            new Answer(204, 9000, 0));
    Sent sent = new Sent(calls, calls);

    assertThat(sent.latencies().percentile(50)).isEqualTo(5);
    assertThat(sent.latencies().longest()).isEqualTo(9);
    assertThat(sent.warmUpLatencies().percentile(50)).isEqualTo(5);
    assertThat(sent.notTaken()).isEqualTo(3);
  }

  @Test
  void nothingHasNoLatency() {
    assertThatThrownBy(() -> Latencies.of(List.of())).hasMessageContaining("nothing");
  }
}
