package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.OneLine;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowOptions;

/** How a check of a library's files is started, by whoever starts it. */
public final class SourceCheckStart {

  private SourceCheckStart() {}

  /** One at a time for each library, which a further wish is told by signalWithStart. */
  public static WorkflowOptions options(LibraryId library, String name) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(WorkflowIds.sourceCheck(library))
        .setTaskQueue(TaskQueues.CONTROL)
        .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
        .setTypedSearchAttributes(
            io.temporal.common.SearchAttributes.newBuilder()
                .set(SearchAttributes.LIBRARY, name)
                .build())
        .setStaticSummary("a check of library " + OneLine.of(name))
        .setStaticDetails("Reads its files at idle to find the broken ones.")
        .build();
  }
}
