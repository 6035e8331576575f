package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;

/**
 * When the janitor comes: every hour, and whenever the schedule is triggered. All rounds go through
 * it, so that there is never more than one at work.
 */
public final class JanitorSchedule {

  /** Of the schedule; its workflows carry it with the time of their start. */
  public static final String ID = WorkflowIds.JANITOR;

  private static final Duration EVERY = Duration.ofHours(1);

  private JanitorSchedule() {}

  /** The schedule as it is to be. */
  public static Schedule schedule() {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(JanitorWorkflow.class)
                .setArguments(JanitorOrder.usual())
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.JANITOR)
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setStaticSummary("reconciles rows, workflows and disk")
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(EVERY)))
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(EVERY)
                .build())
        .build();
  }
}
