package dev.reencodarr.workflows.temporal;

import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;

/** How the getting of another copy is started. */
public final class RedownloadStart {

  private RedownloadStart() {}

  /**
   * One for each broken source.
   *
   * @param source id of its row
   */
  public static WorkflowOptions options(long source) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.redownload(source))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setStaticSummary("another copy of a broken source")
        .build();
  }
}
