package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;

/** One try: somebody waits for the answer, and can say it again. */
public final class KeptWorkflowImpl implements KeptWorkflow {

  @Override
  public VideoEnd run(KeptOrder order) {
    ReplaceActivities files =
        Workflow.newActivityStub(ReplaceActivities.class, ActivityTimings.files(order.zone()));
    return switch (order) {
      case KeptOrder.Accept accept ->
          new VideoEnd.Released(files.acceptOrphan(accept.replacement(), accept.acceptance()));
      case KeptOrder.Restore restore ->
          ended(files.restoreOrphan(restore.replacement(), restore.place()));
    };
  }

  private static VideoEnd ended(RestoreOutcome outcome) {
    return switch (outcome) {
      case RestoreOutcome.Restored restored -> new VideoEnd.Restored(restored.path());
      case RestoreOutcome.Refused refused -> new VideoEnd.UndoRefused(refused.why());
    };
  }
}
