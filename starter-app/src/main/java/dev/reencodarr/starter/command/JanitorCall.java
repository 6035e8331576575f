package dev.reencodarr.starter.command;

import dev.reencodarr.workflows.janitor.JanitorSchedule;
import dev.reencodarr.workflows.temporal.Schedules;
import io.temporal.client.WorkflowClient;

/** Calls the janitor, whose schedule every worker makes at its start. */
final class JanitorCall {

  private final WorkflowClient temporal;

  JanitorCall(WorkflowClient temporal) {
    this.temporal = temporal;
  }

  /** Has it come now; where it is at work already it does not come twice. Waits for nothing. */
  void come() {
    Schedules.of(temporal).getHandle(JanitorSchedule.ID).trigger();
  }
}
