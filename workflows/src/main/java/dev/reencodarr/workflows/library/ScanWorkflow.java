package dev.reencodarr.workflows.library;

import dev.reencodarr.workflows.media.LibraryId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Orders a scan of a library; run by the schedule {@link ScanSchedule}. */
@WorkflowInterface
public interface ScanWorkflow {

  @WorkflowMethod(name = "Scan")
  void run(LibraryId library);
}
