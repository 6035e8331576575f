package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.workflows.broken.SourceCheckOrder;
import dev.reencodarr.workflows.broken.SourceCheckProgress;
import dev.reencodarr.workflows.broken.SourceCheckWish;
import dev.reencodarr.workflows.broken.SourceCheckWorkflow;
import dev.reencodarr.workflows.temporal.SourceCheckStart;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks Temporal for checks of libraries. */
final class SourceCheckCall {

  private final WorkflowClient client;

  SourceCheckCall(WorkflowClient client) {
    this.client = client;
  }

  /** Has a library checked; a check that is under way is told of the wish. */
  void start(Library library, SourceCheckWish wish) {
    SourceCheckWorkflow check =
        client.newWorkflowStub(
            SourceCheckWorkflow.class, SourceCheckStart.options(library.id(), library.name()));
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(
        check::run, SourceCheckOrder.whole(library.id(), library.name(), library.zone(), wish));
    batch.add(check::wish, wish);
    client.signalWithStart(batch);
  }

  /**
   * Stops the check of a library; what was found stays.
   *
   * @return false where none is under way
   */
  boolean stop(Library library) {
    try {
      stub(library).cancel();
      return true;
    } catch (WorkflowNotFoundException none) {
      return false;
    }
  }

  /** How far the check of a library is; empty where nobody answers. */
  Optional<SourceCheckProgress> progress(Library library) {
    try {
      return Optional.of(stub(library).query("progress", SourceCheckProgress.class));
    } catch (WorkflowException noWorker) {
      return Optional.empty();
    }
  }

  /** The end of the check of a library. */
  CompletableFuture<SourceCheckProgress> end(Library library) {
    return stub(library).getResultAsync(SourceCheckProgress.class);
  }

  private WorkflowStub stub(Library library) {
    return client.newUntypedWorkflowStub(WorkflowIds.sourceCheck(library.id()));
  }
}
