package dev.reencodarr.workflows.video;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Steps that are brought to their end although the workflow is cancelled. */
final class Uncancellable {

  private Uncancellable() {}

  /** Whether what runs now is such a step. */
  static boolean isCurrent() {
    return CancellationScope.current().isDetached();
  }

  static void run(Functions.Proc step) {
    Workflow.newDetachedCancellationScope(step::apply).run();
  }

  static <T> T call(Functions.Func<T> step) {
    List<T> result = new ArrayList<>(1);
    CancellationScope scope = Workflow.newDetachedCancellationScope(() -> result.add(step.apply()));
    scope.run();
    return result.getFirst();
  }
}
