package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.janitor.JanitorSchedule;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;

/** Calls the janitor, whose schedule every worker makes at its start. */
final class JanitorCall {

  private final WorkflowClient temporal;

  JanitorCall(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  /** Has it come now; where it is at work already it does not come twice. Waits for nothing. */
  void come() {
    ScheduleClient.newInstance(
            temporal.getWorkflowServiceStubs(),
            ScheduleClientOptions.newBuilder()
                .setNamespace(temporal.getOptions().getNamespace())
                .build())
        .getHandle(JanitorSchedule.ID)
        .trigger();
  }
}
