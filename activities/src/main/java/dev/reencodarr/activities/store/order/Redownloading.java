package dev.reencodarr.activities.store.order;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.broken.BrokenSource;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.workflows.broken.RedownloadOrder;
import dev.reencodarr.workflows.broken.RedownloadWorkflow;
import dev.reencodarr.workflows.temporal.RedownloadStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Optional;

/** An operator's words about broken files. */
public final class Redownloading {

  private final BrokenSourceRepository sources;
  private final ManagedRepository managed;
  private final LibraryRepository libraries;

  public Redownloading(Database database) {
    this.sources = new BrokenSourceRepository(database);
    this.managed = new ManagedRepository(database);
    this.libraries = new LibraryRepository(database);
  }

  /** Another copy is to be got; a worker begins that within seconds. */
  public Answer order(Video video) {
    if (managed.managersOf(video.path()).isEmpty()) {
      return Answer.no(video, "neither Sonarr nor Radarr manages it");
    }
    if (libraries.find(video.library()).filter(library -> !library.readOnly()).isEmpty()) {
      return Answer.no(video, "nothing is written into its library");
    }
    return sources.order(video.id())
        ? Answer.yes(video)
        : Answer.no(video, "it is not known to be broken, or another copy is being got");
  }

  /** The broken file is to be put back, and no other copy to be got. */
  public Answer putBack(Video video, WorkflowClient client) {
    List<BrokenSource> open = sources.beingGot(video.id());
    for (BrokenSource source : open) {
      Optional<String> zone = libraries.aroundEvenRemoved(source.path()).map(Library::zone);
      if (zone.isEmpty()) {
        return Answer.no(video, "it lies in no library");
      }
      putBack(client, new RedownloadOrder(source.id(), zone.get()));
    }
    return open.isEmpty()
        ? Answer.no(video, "nothing of it is kept, and no other copy is being got")
        : Answer.yes(video);
  }

  /** Also where its workflow was ended from outside. */
  private static void putBack(WorkflowClient client, RedownloadOrder order) {
    RedownloadWorkflow redownload =
        client.newWorkflowStub(RedownloadWorkflow.class, RedownloadStart.options(order.source()));
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(redownload::putBack);
    batch.add(redownload::run, order);
    client.signalWithStart(batch);
  }
}
