package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.media.OneLine;
import dev.reencodarr.workflows.temporal.Again;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import java.time.Duration;

/** When the history of a connection is read: often, since it costs one small question. */
public final class CatchUpSchedule {

  private static final Duration EVERY = Duration.ofMinutes(15);

  private CatchUpSchedule() {}

  /** Of the schedule of a connection; its workflows carry it with the time of their start. */
  public static String id(String connection) {
    return WorkflowIds.catchUp(connection);
  }

  /** The schedule as it is to be. */
  public static Schedule schedule(SyncOrder order) {
    return Again.every(
        EVERY,
        ScheduleActionStartWorkflow.newBuilder()
            .setWorkflowType(CatchUpWorkflow.class)
            .setArguments(order)
            .setOptions(
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.catchUp(order.name()))
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setStaticSummary("history of " + OneLine.of(order.name()))
                    // A schedule with a summary alone cannot be described by the SDK.
                    .setStaticDetails("Looks at titles at which something has happened.")
                    .build())
            .build());
  }
}
