package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;

/** Says of results that are held for a review whether they may replace their sources. */
public final class Reviews {

  private final WorkflowClient temporal;

  public Reviews(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  /** The result takes the place of its source. */
  public Answer approve(Video video) {
    return said(video, VideoWorkflow.APPROVE);
  }

  /**
   * The result goes, the file stays as it is.
   *
   * @param reason for people; may be empty
   */
  public Answer reject(Video video, String reason) {
    return said(video, VideoWorkflow.REJECT, reason);
  }

  private Answer said(Video video, String word, Object... arguments) {
    try {
      temporal
          .newUntypedWorkflowStub(WorkflowIds.video(video.id()))
          .update(word, Void.class, arguments);
      return Answer.yes(video);
    } catch (WorkflowNotFoundException e) {
      return Answer.no(
          video,
          video.state().isWork()
              ? "its workflow was ended from outside; ./reencodarr retry takes its result up again"
              : "no result of it waits for a review, it is " + video.state().code());
    } catch (WorkflowUpdateTimeoutOrCancelledException e) {
      return Answer.no(video, "no worker answers for it; ./reencodarr status says more");
    } catch (WorkflowUpdateException e) {
      return Answer.no(
          video,
          e.getCause() instanceof ApplicationFailure failure
              ? failure.getOriginalMessage()
              : "it is being worked on");
    }
  }
}
