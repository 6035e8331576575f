package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.library.LibraryWorkflow;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Orders work: a row in PostgreSQL first, then the library's workflow is told. */
final class Orders {

  private final RequestRepository requests;
  private final WorkflowClient temporal;

  Orders(Database database, WorkflowClient temporal) {
    this.requests = new RequestRepository(database);
    this.temporal = temporal;
  }

  /** A file or folder and the library that it lies in. */
  record Scope(Library library, MediaPath path) {}

  /** Orders work on all of them; one request for each library. */
  List<WorkRequest> place(List<Scope> scopes, Wishes wishes, boolean dryRun) {
    Map<Library, List<MediaPath>> byLibrary = new LinkedHashMap<>();
    for (Scope scope : scopes) {
      byLibrary.computeIfAbsent(scope.library(), library -> new ArrayList<>()).add(scope.path());
    }
    List<WorkRequest> placed = new ArrayList<>();
    byLibrary.forEach(
        (library, paths) -> placed.add(place(library, List.copyOf(paths), wishes, dryRun)));
    return List.copyOf(placed);
  }

  private WorkRequest place(Library library, List<MediaPath> paths, Wishes wishes, boolean dryRun) {
    WorkRequest request =
        new WorkRequest(
            new RequestId(UUID.randomUUID()),
            library.id(),
            library.root(),
            library.zone(),
            paths,
            wishes,
            dryRun);
    requests.create(request);
    tell(temporal, library, request);
    return request;
  }

  /** Hands the order to the library's workflow, which is started where it is not at work. */
  static void tell(WorkflowClient temporal, Library library, WorkRequest request) {
    LibraryWorkflow workflow =
        temporal.newWorkflowStub(
            LibraryWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.library(library.id()))
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setTypedSearchAttributes(named(library))
                .setStaticSummary("library " + Printable.of(library.name()))
                .setStaticDetails(
                    "Scans "
                        + Printable.of(library.root().value())
                        + " and starts its videos in order.")
                .build());
    BatchRequest batch = temporal.newSignalWithStartRequest();
    batch.add(workflow::request, request);
    batch.add(workflow::run, List.<WorkRequest>of());
    temporal.signalWithStart(batch);
  }

  private static io.temporal.common.SearchAttributes named(Library library) {
    return io.temporal.common.SearchAttributes.newBuilder()
        .set(SearchAttributes.LIBRARY, library.name())
        .build();
  }
}
