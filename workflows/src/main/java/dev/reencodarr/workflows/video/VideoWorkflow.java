package dev.reencodarr.workflows.video;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One pass over one file: analyse, plan, search, encode, verify, replace. */
@WorkflowInterface
public interface VideoWorkflow {

  /**
   * Ends normally whatever the outcome, except that a video that failed closes as failed, so that
   * Temporal's own lists and counts are true.
   */
  @WorkflowMethod(name = "Video")
  VideoEnd run(VideoOrder order);
}
