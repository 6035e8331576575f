package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.OneLine;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;

/** How a look at a connection is started. */
public final class ConnectionCheckStart {

  private static final Duration LIMIT = Duration.ofMinutes(10);

  private ConnectionCheckStart() {}

  /** A second one joins the one that is under way. */
  public static WorkflowOptions options(String connection) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.syncCheck(connection))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowExecutionTimeout(LIMIT)
        .setStaticSummary("a look at " + OneLine.of(connection))
        .build();
  }
}
