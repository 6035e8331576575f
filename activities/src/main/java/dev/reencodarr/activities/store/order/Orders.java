package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.workflows.library.LibraryWorkflow;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.LibraryStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Orders work: a row in PostgreSQL first, then the library's workflow is told. */
public final class Orders {

  private final Database database;
  private final RequestRepository requests;
  private final WorkflowClient temporal;

  public Orders(Database database, WorkflowClient temporal) {
    this.database = database;
    this.requests = new RequestRepository(database);
    this.temporal = temporal;
  }

  /** A file or folder and the library that it lies in. */
  public record Scope(Library library, MediaPath path) {}

  /** An order that is written down, and its library. */
  public record Written(Library library, WorkRequest request) {}

  /** Orders work on all of them; one request for each library. */
  public List<WorkRequest> place(List<Scope> scopes, Wishes wishes, boolean dryRun) {
    List<Written> written = write(scopes, wishes, dryRun);
    written.forEach(this::tell);
    return written.stream().map(Written::request).toList();
  }

  /**
   * Orders looks for which nobody waits, together with what is written down of their reason: both
   * or neither. Where whoever does it dies before the libraries are told, the janitor tells them.
   */
  public void placeUnattended(List<Scope> scopes, Runnable writing) {
    List<Written> written =
        Objects.requireNonNull(
            database
                .transactions()
                .execute(transaction -> {
                  List<Written> orders = write(scopes, Wishes.none(), false);
                  orders.forEach(order -> requests.nobodyWaits(order.request().id()));
                  writing.run();
                  return orders;
                }));
    written.forEach(this::tell);
  }

  /** The first half of it: whoever is told of an order finds it. */
  List<Written> write(List<Scope> scopes, Wishes wishes, boolean dryRun) {
    Map<Library, List<MediaPath>> byLibrary = new LinkedHashMap<>();
    for (Scope scope : scopes) {
      byLibrary.computeIfAbsent(scope.library(), library -> new ArrayList<>()).add(scope.path());
    }
    List<Written> written = new ArrayList<>();
    byLibrary.forEach(
        (library, paths) -> written.add(write(library, List.copyOf(paths), wishes, dryRun)));
    return List.copyOf(written);
  }

  private Written write(Library library, List<MediaPath> paths, Wishes wishes, boolean dryRun) {
    return written(
        library,
        new WorkRequest(
            new RequestId(UUID.randomUUID()),
            library.id(),
            library.root(),
            library.zone(),
            paths,
            wishes,
            dryRun));
  }

  private Written written(Library library, WorkRequest request) {
    requests.create(request);
    return new Written(library, request);
  }

  /** Orders a scan of a whole library that nobody waits for. */
  public void placeScheduled(Library library) {
    tell(
        written(
            library,
            new WorkRequest(
                new RequestId(UUID.randomUUID()),
                library.id(),
                library.root(),
                library.zone(),
                List.of(library.root()),
                Wishes.none(),
                false,
                true)));
  }

  /** The second half. */
  void tell(Written order) {
    tell(temporal, order.library(), order.request());
  }

  /**
   * Tells a library of its orders that are not done, once more: whoever has written one may have
   * died before it was told. It bears to be told twice.
   */
  public void tellAgain(Library library) {
    requests.open(library.id()).forEach(request -> tell(temporal, library, request));
  }

  /** Hands the order to the library's workflow, which is started where it is not at work. */
  public static void tell(WorkflowClient temporal, Library library, WorkRequest request) {
    LibraryWorkflow workflow =
        temporal.newWorkflowStub(
            LibraryWorkflow.class,
            LibraryStart.options(library.id(), library.name(), library.root()));
    BatchRequest batch = temporal.newSignalWithStartRequest();
    batch.add(workflow::request, request);
    batch.add(workflow::run, List.<WorkRequest>of());
    temporal.signalWithStart(batch);
  }
}
