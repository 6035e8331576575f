package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;

/** How the telling of a video's changes is started. */
public final class TellStart {

  private TellStart() {}

  /** One for each video; one that runs is told by signalWithStart. */
  public static WorkflowOptions options(VideoId video) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.tell(video))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setStaticSummary("Sonarr, Radarr and media servers are told of a changed file")
        .build();
  }
}
