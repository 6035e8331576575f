package dev.reencodarr.workflows.sync;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Looks through everything that a Sonarr or Radarr manages. What is new or changed there is looked
 * at and begun by its library's workflow; nothing is begun for what is known. Run by the schedule
 * {@link SyncSchedule} and on demand, one at a time for each connection.
 */
@WorkflowInterface
public interface SyncWorkflow {

  @WorkflowMethod(name = "Sync")
  SyncTally run(SyncOrder order);

  @QueryMethod
  SyncProgress progress();
}
