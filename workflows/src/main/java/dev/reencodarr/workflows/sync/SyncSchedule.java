package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.OneLine;
import dev.reencodarr.workflows.temporal.Again;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import java.time.Duration;

/** When a connection is looked through. */
public final class SyncSchedule {

  public static final Duration SHORTEST = Duration.ofMinutes(5);
  public static final Duration LONGEST = Duration.ofDays(30);

  private SyncSchedule() {}

  /** Of the schedule of a connection; its workflows carry it with the time of their start. */
  public static String id(String connection) {
    return WorkflowIds.sync(connection);
  }

  /** The schedule as it is to be. */
  public static Schedule schedule(SyncOrder order, Duration every) {
    return Again.every(
        every,
        ScheduleActionStartWorkflow.newBuilder()
            .setWorkflowType(SyncWorkflow.class)
            .setArguments(order)
            .setOptions(
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.sync(order.name()))
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setStaticSummary("sync of " + OneLine.of(order.name()))
                    .setStaticDetails(
                        "Reads what this "
                            + order.kind().appName()
                            + " manages; what is new or changed is begun.")
                    .build())
            .build());
  }
}
