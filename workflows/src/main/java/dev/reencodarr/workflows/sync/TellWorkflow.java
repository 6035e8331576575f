package dev.reencodarr.workflows.sync;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Tells Sonarr, Radarr and media servers of a video whose file was replaced or put back, for as
 * long as it takes. No video waits for it, and nothing that happens here is a failure of the video.
 */
@WorkflowInterface
public interface TellWorkflow {

  @WorkflowMethod(name = "Tell")
  void run(TellOrder order);

  /** There may be more to tell. */
  @SignalMethod
  void look();
}
