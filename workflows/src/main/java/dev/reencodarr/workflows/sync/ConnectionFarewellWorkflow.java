package dev.reencodarr.workflows.sync;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Has a machine of the zone take our webhook away from a connection that is to be removed. */
@WorkflowInterface
public interface ConnectionFarewellWorkflow {

  /** Why that could not be done, for people; empty where there is none any more. */
  @WorkflowMethod(name = "ConnectionFarewell")
  String run(SyncOrder order);
}
