package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;

/** Calls videos that wait, after a pause was lifted: they look by themselves, but much later. */
public final class Resuming {

  private final WorkflowClient temporal;

  public Resuming(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  /** Whether a video in this state may wait for a call. */
  public static boolean isFor(VideoState state) {
    return state == VideoState.WAITING;
  }

  /** Has one look whether anything holds it up still. */
  public Answer call(Video video) {
    try {
      temporal.newUntypedWorkflowStub(WorkflowIds.video(video.id())).signal(VideoWorkflow.LOOK);
      return Answer.yes(video);
    } catch (WorkflowNotFoundException ended) {
      return Answer.no(video, "its workflow was ended from outside");
    }
  }
}
