package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;

/** One try. */
public final class ConnectionFarewellWorkflowImpl implements ConnectionFarewellWorkflow {

  @Override
  public String run(SyncOrder order) {
    WebhookActivities webhook =
        Workflow.newActivityStub(WebhookActivities.class, ActivityTimings.checking(order.zone()));
    return webhook.unregister(order);
  }
}
