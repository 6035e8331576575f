package dev.reencodarr.workflows.temporal;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;

/** How the fleet's workflow is started, by whoever finds that it is not there. */
public final class FleetStart {

  private FleetStart() {}

  /** There is one, which is told by signalWithStart. */
  public static WorkflowOptions options() {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.FLEET)
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setStaticSummary("all workers and all videos")
        .setStaticDetails(
            "Shows what is paused and which workers do not serve which queues. Its updates pause,"
                + " freeze, resume, cancel and retry take \"everything\", or a library's name or id.")
        .build();
  }
}
