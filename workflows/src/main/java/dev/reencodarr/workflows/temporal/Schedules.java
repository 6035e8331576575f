package dev.reencodarr.workflows.temporal;

import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;

/** How schedules are reached. */
public final class Schedules {

  private Schedules() {}

  /** Where a client is: in its namespace, with its payloads. */
  public static ScheduleClient of(WorkflowClient client) {
    return ScheduleClient.newInstance(
        client.getWorkflowServiceStubs(),
        ScheduleClientOptions.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setDataConverter(client.getOptions().getDataConverter())
            .build());
  }
}
