package dev.reencodarr.workflows.sync;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Looks at the titles of a connection at which something has happened, soon after it was told of
 * them. One at a time for each connection; ends when there is nothing more to look at.
 */
@WorkflowInterface
public interface ConnectionEventsWorkflow {

  /**
   * Begins.
   *
   * @param order whose titles were left by an earlier run; usually none
   */
  @WorkflowMethod(name = "ConnectionEvents")
  void run(TouchedTitles order);

  /** Something has happened at these titles; which are being looked at is looked at once more. */
  @SignalMethod
  void touched(TouchedTitles titles);
}
