package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownFile;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.SyncActivities;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.SyncStep;
import dev.reencodarr.workflows.sync.SyncTally;
import dev.reencodarr.workflows.sync.SyncTitles;
import dev.reencodarr.workflows.sync.Title;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a connection manages with what is known of it. Where something differs, the title's
 * folder is to be looked through by its library's workflow, which knows content again under another
 * name and begins nothing twice. Folders are ordered before anything is written down: who dies
 * between finds the same difference once more.
 */
public final class LibrarySync implements SyncActivities {

  private static final Logger log = LoggerFactory.getLogger(LibrarySync.class);

  /** Titles of which the files are read in one step: no payload and no wait grows long. */
  private static final int TITLES_A_STEP = 100;

  private static final int TITLES_A_WRITE = 500;

  private final ConnectionRepository connections;
  private final ManagedRepository managed;
  private final LibraryRepository libraries;
  private final Orders orders;
  private final ConnectionClients clients;

  public LibrarySync(Database database, WorkflowClient temporal, ConnectionClients clients) {
    this.connections = new ConnectionRepository(database);
    this.managed = new ManagedRepository(database);
    this.libraries = new LibraryRepository(database);
    this.orders = new Orders(database, temporal);
    this.clients = clients;
  }

  @Override
  public SyncTitles titles(SyncOrder order) {
    return titles(order, Activity.getExecutionContext()::heartbeat);
  }

  SyncTitles titles(SyncOrder order, Consumer<Integer> heartbeat) {
    Connection connection = require(order);
    TitleReading reading = new TitleReading(connection, heartbeat);
    try {
      clients.at(connection).titles(reading);
    } catch (ArrFailed e) {
      throw fault(connection, e);
    }
    reading.write();
    Set<Long> gone = new HashSet<>(managed.titleIds(order.connection()));
    gone.removeAll(reading.seen);
    SyncTally tally = letGo(connection, gone).plus(outside(reading));
    return new SyncTitles(reading.seen.size(), tally);
  }

  /** Takes titles one by one and writes them in batches: nobody holds all of them. */
  private final class TitleReading implements Consumer<Title> {
    private final Connection connection;
    private final Consumer<Integer> heartbeat;
    private final Set<Long> seen = new HashSet<>();
    private final List<KnownTitle> read = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int unusable;

    private TitleReading(Connection connection, Consumer<Integer> heartbeat) {
      this.connection = connection;
      this.heartbeat = heartbeat;
    }

    @Override
    public void accept(Title title) {
      Optional<MediaPath> path = KnownPath.ours(connection, title.path());
      if (path.isEmpty()) {
        unusable++;
        problems.add("a folder whose name cannot be used: " + title.path());
        return;
      }
      if (seen.add(title.id())) {
        read.add(new KnownTitle(path.get(), title));
      }
      if (read.size() >= TITLES_A_WRITE) {
        write();
      }
    }

    private void write() {
      managed.putTitles(connection.id(), read);
      read.clear();
      heartbeat.accept(seen.size());
    }
  }

  private static SyncTally outside(TitleReading reading) {
    return new SyncTally(0, 0, 0, 0, reading.unusable, 0, reading.problems);
  }

  /** Titles that are not managed any more: their folders are looked at a last time. */
  private SyncTally letGo(Connection connection, Set<Long> gone) {
    List<Library> all = libraries.list();
    int files = 0;
    for (List<Long> part : parts(List.copyOf(gone))) {
      Map<Long, List<KnownFile>> known = managed.files(connection.id(), part);
      Set<MediaPath> folders = new LinkedHashSet<>();
      for (long title : part) {
        List<KnownFile> of = known.getOrDefault(title, List.of());
        files += of.size();
        if (!of.isEmpty()) {
          managed.title(connection.id(), title).map(KnownTitle::path).ifPresent(folders::add);
        }
      }
      look(connection, all, folders);
      managed.removeTitles(connection.id(), part);
    }
    return new SyncTally(0, 0, 0, files, 0, 0, List.of());
  }

  private static List<List<Long>> parts(List<Long> all) {
    List<List<Long>> parts = new ArrayList<>();
    for (int first = 0; first < all.size(); first += TITLES_A_STEP) {
      parts.add(all.subList(first, Math.min(first + TITLES_A_STEP, all.size())));
    }
    return parts;
  }

  @Override
  public SyncStep files(SyncOrder order) {
    return files(order, Activity.getExecutionContext()::heartbeat);
  }

  SyncStep files(SyncOrder order, Consumer<Integer> heartbeat) {
    Connection connection = require(order);
    List<KnownTitle> titles =
        managed.titlesAfter(connection.id(), order.resume().lastTitle(), TITLES_A_STEP);
    if (titles.isEmpty()) {
      return new SyncStep(order.resume().lastTitle(), 0, SyncTally.NOTHING);
    }
    TitleFiles read;
    try {
      read = TitleFiles.of(client(connection), connection.kind(), titles, heartbeat);
    } catch (ArrFailed e) {
      throw fault(connection, e);
    }
    SyncTally tally = compare(connection, titles, read);
    return new SyncStep(titles.getLast().record().id(), titles.size(), tally);
  }

  private ArrClient client(Connection connection) throws ArrFailed {
    return clients.at(connection);
  }

  private SyncTally compare(Connection connection, List<KnownTitle> titles, TitleFiles read) {
    List<Library> all = libraries.list();
    Map<Long, List<KnownFile>> known =
        managed.files(connection.id(), titles.stream().map(title -> title.record().id()).toList());
    Set<MediaPath> folders = new LinkedHashSet<>();
    List<KnownFile> differing = new ArrayList<>();
    List<Long> gone = new ArrayList<>();
    SyncTally tally = read.failures();
    for (KnownTitle title : titles) {
      Optional<List<ManagedFile>> files = read.of(title);
      if (files.isEmpty()) {
        continue;
      }
      TitleDifference difference =
          TitleDifference.between(
              known.getOrDefault(title.record().id(), List.of()),
              files.get(),
              path -> KnownPath.ours(connection, path).filter(it -> isInLibrary(all, it)));
      if (difference.isToBeLookedAt()) {
        folders.add(title.path());
        // Where its folder is another one now, something may have stayed in the old one.
        difference.left().stream()
            .filter(folder -> !folder.isWithin(title.path()))
            .forEach(folders::add);
      }
      differing.addAll(difference.differing());
      gone.addAll(difference.gone());
      tally = tally.plus(difference.tally());
    }
    look(connection, all, folders);
    managed.removeFiles(connection.id(), gone);
    managed.putFiles(connection.id(), differing);
    return tally;
  }

  /** Has the folders looked through, each by the library that it lies in. */
  private void look(Connection connection, List<Library> all, Set<MediaPath> folders) {
    List<Orders.Scope> scopes =
        folders.stream()
            .flatMap(folder ->
                LibraryRepository.innermost(all, folder).stream()
                    .filter(library -> !library.readOnly())
                    .map(library -> new Orders.Scope(library, folder)))
            .toList();
    if (!scopes.isEmpty()) {
      log.info("{}: {} folders are to be looked at", connection.name(), scopes.size());
      orders.place(scopes, Wishes.none(), false);
    }
  }

  private static boolean isInLibrary(Collection<Library> all, MediaPath path) {
    return LibraryRepository.innermost(all, path)
        .filter(library -> !library.readOnly())
        .isPresent();
  }

  private Connection require(SyncOrder order) {
    return connections
        .find(order.connection())
        .orElseThrow(() ->
            Faults.of(EvidenceKind.UNEXPECTED, "the connection " + order.name() + " was removed"));
  }

  private static RuntimeException fault(Connection connection, ArrFailed failed) {
    return Faults.of(connection.kind().evidence(), String.valueOf(failed.getMessage()));
  }
}
