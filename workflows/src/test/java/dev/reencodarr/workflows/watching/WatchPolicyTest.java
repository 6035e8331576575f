package dev.reencodarr.workflows.watching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WatchPolicyTest {

  private static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  @Test
  void workIsHeldForAWhileAfterTheLastOneHasStopped() {
    WatchPolicy policy = new WatchPolicy(minutes(5));

    assertThat(policy.heldFor(Duration.ZERO, Duration.ZERO)).contains(minutes(5));
    assertThat(policy.heldFor(minutes(4), Duration.ZERO)).contains(minutes(1));
    assertThat(policy.heldFor(minutes(5), Duration.ZERO)).isEmpty();
  }

  @Test
  void betweenTwoQuestionsItStaysHeldThoughItIsToGoOnAtOnce() {
    assertThat(new WatchPolicy(Duration.ZERO).heldFor(Duration.ofSeconds(12), Duration.ZERO))
        .contains(Duration.ofSeconds(18));
  }

  @Test
  void aServerThatIsSilentHoldsNothing() {
    WatchPolicy policy = new WatchPolicy(Duration.ofHours(12));

    assertThat(policy.heldFor(minutes(9), minutes(9))).isPresent();
    assertThat(policy.heldFor(minutes(10), minutes(10))).isEmpty();
  }
}
