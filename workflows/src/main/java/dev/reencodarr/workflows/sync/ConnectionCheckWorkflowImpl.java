package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;

/** One look. */
public final class ConnectionCheckWorkflowImpl implements ConnectionCheckWorkflow {

  @Override
  public ConnectionCheck run(SyncOrder order) {
    ConnectionCheckActivities look =
        Workflow.newActivityStub(
            ConnectionCheckActivities.class, ActivityTimings.checking(order.zone()));
    return look.check(order);
  }
}
