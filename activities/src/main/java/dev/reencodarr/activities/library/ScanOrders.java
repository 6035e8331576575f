package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.workflows.library.ScanOrderActivities;
import dev.reencodarr.workflows.media.LibraryId;
import io.temporal.client.WorkflowClient;
import java.util.Optional;

/** Orders the scans that schedules ask for. */
public final class ScanOrders implements ScanOrderActivities {

  private final LibraryRepository libraries;
  private final RequestRepository requests;
  private final Orders orders;

  public ScanOrders(Database database, WorkflowClient temporal) {
    this.libraries = new LibraryRepository(database);
    this.requests = new RequestRepository(database);
    this.orders = new Orders(database, temporal);
  }

  @Override
  public String order(LibraryId id) {
    Optional<Library> library = libraries.find(id).filter(it -> !it.readOnly());
    if (library.isEmpty()) {
      return "the library was taken out of use";
    }
    if (requests.isScanDue(id)) {
      return "the scan before is still to be done";
    }
    orders.placeScheduled(library.get());
    return "ordered";
  }
}
