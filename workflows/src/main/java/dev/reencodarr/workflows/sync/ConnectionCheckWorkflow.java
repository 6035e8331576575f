package dev.reencodarr.workflows.sync;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Has a machine of the zone look at a connection, for whoever adds it or asks what is wrong. */
@WorkflowInterface
public interface ConnectionCheckWorkflow {

  @WorkflowMethod(name = "ConnectionCheck")
  ConnectionCheck run(SyncOrder order);
}
