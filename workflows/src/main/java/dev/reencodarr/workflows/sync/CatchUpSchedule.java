package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.OneLine;
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

/** When the history of a connection is read: often, since it costs one small question. */
public final class CatchUpSchedule {

  private static final Duration EVERY = Duration.ofMinutes(15);
  private static final Duration JITTER = Duration.ofMinutes(1);

  private CatchUpSchedule() {}

  /** Of the schedule of a connection; its workflows carry it with the time of their start. */
  public static String id(String connection) {
    return WorkflowIds.catchUp(connection);
  }

  /** The schedule as it is to be. */
  public static Schedule schedule(SyncOrder order) {
    return Schedule.newBuilder()
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType(CatchUpWorkflow.class)
                .setArguments(order)
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.catchUp(order.name()))
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setStaticSummary("history of " + OneLine.of(order.name()))
                        .build())
                .build())
        .setSpec(
            ScheduleSpec.newBuilder()
                .setIntervals(List.of(new ScheduleIntervalSpec(EVERY)))
                .setJitter(JITTER)
                .build())
        .setPolicy(
            SchedulePolicy.newBuilder()
                .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                .setCatchupWindow(EVERY)
                .build())
        .build();
  }
}
