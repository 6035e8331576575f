package dev.reencodarr.workflows.library;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;

/** The scan itself is done by the library's own workflow, which is told of it. */
public final class ScanWorkflowImpl implements ScanWorkflow {

  private final ScanOrderActivities orders =
      Workflow.newActivityStub(ScanOrderActivities.class, ActivityTimings.row());

  @Override
  public void run(LibraryId library) {
    Workflow.setCurrentDetails(orders.order(library));
  }
}
