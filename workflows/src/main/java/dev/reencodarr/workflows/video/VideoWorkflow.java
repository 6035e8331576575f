package dev.reencodarr.workflows.video;

import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One pass over one file: analyse, plan, search, encode, verify, replace. */
@WorkflowInterface
public interface VideoWorkflow {

  /** Name of the update {@link #retry}. */
  String RETRY = "retry";

  /**
   * Ends normally whatever the outcome, except that a video that failed closes as failed, so that
   * Temporal's own lists and counts are true.
   */
  @WorkflowMethod(name = "Video")
  VideoEnd run(VideoOrder order);

  /** The operator's word to a parked video (state waiting): go on. */
  @UpdateMethod(name = RETRY)
  void retry();

  /**
   * Refuses the word where the video is not parked.
   *
   * @throws IllegalStateException saying what it is
   */
  @UpdateValidatorMethod(updateName = RETRY)
  void requireParked();
}
