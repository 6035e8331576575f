package dev.reencodarr.workflows.temporal;

import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAction;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;

/**
 * What is done again and again: a little late so that not all begins at once, never twice at a
 * time; what was missed while nothing ran is made up for once.
 */
public final class Again {

  private static final int PARTS_OF_JITTER = 12;

  private Again() {}

  /** Does it about so often. */
  public static Schedule every(Duration time, ScheduleAction action) {
    return Schedule.newBuilder()
        .setAction(action)
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(time)))
                .setJitter(time.dividedBy(PARTS_OF_JITTER))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(time)
                .build())
        .build();
  }
}
