package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;

/** One try: the next one comes by the schedule and asks from the same point on. */
public final class CatchUpWorkflowImpl implements CatchUpWorkflow {

  @Override
  public String run(SyncOrder order) {
    CatchUpActivities history =
        Workflow.newActivityStub(CatchUpActivities.class, ActivityTimings.checking(order.zone()));
    try {
      return history.catchUp(order) + " titles are looked at";
    } catch (ActivityFailure failure) {
      if (FailureReading.isCancellation(failure)) {
        throw failure;
      }
      // Who is away is told of by the syncs.
      return "not read: " + FailureReading.of(failure).message();
    }
  }
}
