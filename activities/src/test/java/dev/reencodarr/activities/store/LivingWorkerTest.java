package dev.reencodarr.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.Encoder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LivingWorkerTest {

  private static final String SEARCH = "search-nvenc@default";
  private static final String ENCODE = "encode-nvenc@default";

  private static boolean offers(List<String> queues, Map<String, String> paused, String held) {
    LivingWorker worker =
        new LivingWorker(
            "here",
            "default",
            queues,
            paused,
            held,
            new WorkerRepository.Power(1, 1),
            "0.1",
            Instant.EPOCH,
            Instant.EPOCH);
    return worker.offers(Encoder.AV1_NVENC, "default");
  }

  @Test
  void whatAWorkerServesItOffers() {
    assertThat(offers(List.of(SEARCH, ENCODE), Map.of(), "")).isTrue();
    assertThat(offers(List.of(SEARCH), Map.of(), "")).isFalse();
  }

  @Test
  void whatIsHeldUpForAWhileIsOfferedAllTheSame() {
    String why = "outside its window";

    assertThat(offers(List.of(SEARCH, ENCODE), Map.of(SEARCH, why, ENCODE, why), why)).isTrue();
  }

  @Test
  void whatIsUnfitIsNotOfferedHeldUpOrNot() {
    Map<String, String> paused = Map.of(ENCODE, "av1_nvenc does not encode");

    assertThat(offers(List.of(SEARCH, ENCODE), paused, "")).isFalse();
    assertThat(offers(List.of(SEARCH, ENCODE), paused, "outside its window")).isFalse();
  }
}
