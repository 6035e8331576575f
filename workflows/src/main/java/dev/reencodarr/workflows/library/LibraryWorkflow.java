package dev.reencodarr.workflows.library;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/**
 * Scans a library, analyses what is new in batches, and starts its videos through a bounded window;
 * ends when nothing is left to be started or at work. Started by signalWithStart, so that a request
 * never gets lost between two runs.
 */
@WorkflowInterface
public interface LibraryWorkflow {

  /**
   * @param carriedOver requests that an earlier run had not come to; empty for a fresh start
   */
  @WorkflowMethod(name = "Library")
  void run(List<WorkRequest> carriedOver);

  /** A further order for work. */
  @SignalMethod
  void request(WorkRequest request);
}
