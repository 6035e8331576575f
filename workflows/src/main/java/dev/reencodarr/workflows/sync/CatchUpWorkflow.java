package dev.reencodarr.workflows.sync;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Reads what has happened at a connection since it was last asked, and has the titles looked at: a
 * webhook that was lost is made up for. Run by the schedule {@link CatchUpSchedule}.
 */
@WorkflowInterface
public interface CatchUpWorkflow {

  /** What came of it, in one line for people. */
  @WorkflowMethod(name = "CatchUp")
  String run(SyncOrder order);
}
