package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.OneLine;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;

/** How a look at titles of a connection is started. */
public final class EventsStart {

  private EventsStart() {}

  /** One for each connection; one that runs is told by signalWithStart. */
  public static WorkflowOptions options(String connection) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.syncEvents(connection))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setStaticSummary("events of " + OneLine.of(connection))
        .build();
  }
}
