package dev.reencodarr.workflows.video;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * People's word about one replacement whose video is not known any more, so that no video's
 * workflow can carry it out.
 */
@WorkflowInterface
public interface KeptWorkflow {

  /**
   * @return as a video's pass would have ended
   */
  @WorkflowMethod(name = "Kept")
  VideoEnd run(KeptOrder order);
}
