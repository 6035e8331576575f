package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.OneLine;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;

/** How a library's workflow is started, by whoever starts it. */
public final class LibraryStart {

  private LibraryStart() {}

  /** One workflow a library, which a further order is told by signalWithStart. */
  public static WorkflowOptions options(LibraryId library, String name, MediaPath root) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.library(library))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.LIBRARY, name)
                .build())
        .setStaticSummary("library " + OneLine.of(name))
        .setStaticDetails("Scans " + OneLine.of(root.value()) + " and starts its videos in order.")
        .build();
  }
}
