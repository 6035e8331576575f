package dev.reencodarr.workflows.broken;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Reads the files of a library, one after the other, to find the broken ones before anything is
 * encoded. Started by signalWithStart; a cancellation stops it, and what was found stays.
 */
@WorkflowInterface
public interface SourceCheckWorkflow {

  @WorkflowMethod(name = "SourceCheck")
  SourceCheckProgress run(SourceCheckOrder order);

  /** Somebody wants a check while one is under way: one that is to be deeper begins anew. */
  @SignalMethod
  void wish(SourceCheckWish wish);

  @QueryMethod
  SourceCheckProgress progress();
}
