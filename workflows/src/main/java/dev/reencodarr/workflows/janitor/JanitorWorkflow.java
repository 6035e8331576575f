package dev.reencodarr.workflows.janitor;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Reconciles rows, workflows and disk: finds what a crash, an outage or somebody from outside has
 * left, and sets it right. It deletes nothing that it does not know. Run by the schedule {@link
 * JanitorSchedule}; can be run at any time and twice.
 */
@WorkflowInterface
public interface JanitorWorkflow {

  /** One round. */
  @WorkflowMethod(name = "Janitor")
  JanitorReport run(JanitorOrder order);
}
