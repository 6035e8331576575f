package dev.reencodarr.workflows.library;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.OneLine;
import dev.reencodarr.workflows.temporal.Again;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import java.time.Duration;

/** When a library is scanned by itself. */
public final class ScanSchedule {

  private ScanSchedule() {}

  /** The schedule as it is to be. */
  public static Schedule schedule(LibraryId library, String name, Duration every) {
    return Again.every(
        every,
        ScheduleActionStartWorkflow.newBuilder()
            .setWorkflowType(ScanWorkflow.class)
            .setArguments(library)
            .setOptions(
                WorkflowOptions.newBuilder()
                    .setWorkflowId(WorkflowIds.scan(library))
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setStaticSummary("a scan of library " + OneLine.of(name))
                    // A schedule with a summary alone cannot be described by the SDK.
                    .setStaticDetails("Tells the library's workflow to look for what is new.")
                    .build())
            .build());
  }
}
