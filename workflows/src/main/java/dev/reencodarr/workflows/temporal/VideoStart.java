package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.OneLine;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.Priority;

/** How a video's workflow is started, by whoever starts it. */
public final class VideoStart {

  private VideoStart() {}

  /**
   * One workflow a video: a second start joins the running one, and whether there is work to do is
   * decided by the claim, never by Temporal's memory of closed workflows.
   *
   * @param priority 1 (first) to 5 (last)
   */
  public static WorkflowOptions options(
      VideoId video, FairShare share, String libraryName, MediaPath path, int priority) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.video(video))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdConflictPolicy(
            WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setPriority(
            Priority.newBuilder()
                .setPriorityKey(priority)
                .setFairnessKey(share.key())
                .setFairnessWeight(share.weight())
                .build())
        .setStaticSummary(OneLine.of(path.fileName()))
        .setStaticDetails(
            "`" + OneLine.of(path.value()) + "` of library " + OneLine.of(libraryName))
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.LIBRARY, libraryName)
                .set(SearchAttributes.VIDEO_STATE, VideoState.FOUND.code())
                .build())
        .build();
  }

  /**
   * For a pass that encodes nothing, such as an undo: it does not join a running workflow, which
   * would do nothing of it, but is refused.
   */
  public static WorkflowOptions alone(
      VideoId video, LibraryId library, String libraryName, MediaPath path) {
    return WorkflowOptions.newBuilder(
            options(video, FairShare.of(library), libraryName, path, Wishes.none().priority()))
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .build();
  }
}
