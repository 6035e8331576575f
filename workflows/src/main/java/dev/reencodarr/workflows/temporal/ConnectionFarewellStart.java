package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.OneLine;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;

/** How a connection is taken leave of. */
public final class ConnectionFarewellStart {

  /** Somebody waits for it. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private ConnectionFarewellStart() {}

  /** A second one joins the one that is under way. */
  public static WorkflowOptions options(String connection) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.syncFarewell(connection))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowExecutionTimeout(LIMIT)
        .setStaticSummary("the webhook of " + OneLine.of(connection) + " is taken away")
        .build();
  }
}
