package dev.reencodarr.bench.safety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.safety.ActivityTimes.Step;
import org.junit.jupiter.api.Test;

class ActivityTimesTest {

  private static final String HISTORY =
      """
      {"events": [
        {"eventId": "5", "eventTime": "2026-01-01T00:00:00Z",
         "eventType": "EVENT_TYPE_ACTIVITY_TASK_SCHEDULED",
         "activityTaskScheduledEventAttributes": {"activityType": {"name": "EncodeEncode"}}},
        {"eventId": "6", "eventTime": "2026-01-01T00:00:10Z",
         "eventType": "EVENT_TYPE_ACTIVITY_TASK_STARTED",
         "activityTaskStartedEventAttributes": {"scheduledEventId": "5"}},
        {"eventId": "7", "eventTime": "2026-01-01T00:01:10.500Z",
         "eventType": "EVENT_TYPE_ACTIVITY_TASK_COMPLETED",
         "activityTaskCompletedEventAttributes": {"scheduledEventId": "5", "startedEventId": "6"}}
      ]}
      """;

  @Test
  void aStepLastsFromItsStartToItsEndAndNotFromItsOrder() throws NoFigure {
    assertThat(ActivityTimes.of(HISTORY).of(Step.ENCODE)).isEqualTo(60.5);
  }

  @Test
  void aStepThatDidNotEndHasNoFigure() throws NoFigure {
    ActivityTimes times = ActivityTimes.of(HISTORY);

    assertThatThrownBy(() -> times.of(Step.SWAP))
        .isInstanceOf(NoFigure.class)
        .hasMessageContaining("ReplaceSwap");
    assertThatThrownBy(() -> ActivityTimes.of("{}")).isInstanceOf(NoFigure.class);
  }
}
