package dev.reencodarr.workflows.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ActivityTimingsTest {

  /** Three hours of film at a second for each frame, and the wait for cores before it. */
  @Test
  void aVerificationMayScoreAWholeFilmAndIsYetNotWaitedForOnAMachineThatIsGone() {
    ActivityOptions verification = ActivityTimings.verify("host");

    assertThat(verification.getTaskQueue()).isEqualTo(TaskQueues.host("host"));
    assertThat(verification.getStartToCloseTimeout()).isGreaterThan(Duration.ofDays(7));
    assertThat(verification.getScheduleToStartTimeout()).isEqualTo(ActivityTimings.HOST_PATIENCE);
    assertThat(verification.getHeartbeatTimeout()).isLessThan(Duration.ofMinutes(10));
  }
}
