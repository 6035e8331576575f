package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings the replacement of a video whose workflow was lost to its end: what a swap or an undo has
 * begun is finished or taken back, as the files say, and the row tells the truth. It runs under the
 * id of the video's own workflow, so that nobody else is at work on the video meanwhile.
 */
@WorkflowInterface
public interface SettleWorkflow {

  /**
   * @return what came of it, for people
   */
  @WorkflowMethod(name = "Settle")
  String settle(VideoId video);
}
