package dev.reencodarr.workflows.broken;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Has Sonarr or Radarr get another copy of a broken source, and waits for it; for as long as the
 * broken file is kept, it can be put back.
 */
@WorkflowInterface
public interface RedownloadWorkflow {

  @WorkflowMethod(name = "Redownload")
  void run(RedownloadOrder order);

  /** Something may have changed: looks at once. */
  @SignalMethod
  void look();

  /** The broken file is to be put back to its place. */
  @SignalMethod
  void putBack();

  /** How it stands, for people. */
  @QueryMethod
  String standing();
}
