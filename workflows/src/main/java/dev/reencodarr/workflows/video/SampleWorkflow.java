package dev.reencodarr.workflows.video;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A short piece of a film as its result would be, to be looked at first; the film stays as is. */
@WorkflowInterface
public interface SampleWorkflow {

  @WorkflowMethod(name = "Sample")
  SampleEnd run(SampleOrder order);

  /** What is being done, for people. */
  @QueryMethod
  String progress();
}
