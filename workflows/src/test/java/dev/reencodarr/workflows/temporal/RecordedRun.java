package dev.reencodarr.workflows.temporal;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run of a workflow that has ended. */
public final class RecordedRun {

  private RecordedRun() {}

  /** Replays it at once; with {@code -Dhistories.record=DIR} its history is kept as well. */
  public static void replay(
      TestWorkflowEnvironment environment, String workflowId, Class<?> code, String scenario)
      throws Exception {
    WorkflowExecutionHistory history = environment.getWorkflowClient().fetchHistory(workflowId);
    String folder = System.getProperty("histories.record", "");
    if (!folder.isEmpty()) {
      Files.writeString(Path.of(folder, scenario + ".json"), history.toJson(true));
    }
    try (TestWorkflowEnvironment fresh = SteppedEnvironment.open()) {
      WorkflowReplayer.replayWorkflowExecution(history, fresh, code);
    }
  }
}
