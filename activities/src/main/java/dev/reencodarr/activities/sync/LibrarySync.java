package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.sync.arr.Labels;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.SyncActivities;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.SyncStep;
import dev.reencodarr.workflows.sync.SyncTally;
import dev.reencodarr.workflows.sync.SyncTitles;
import dev.reencodarr.workflows.sync.Title;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads everything that a connection manages and compares it with what is known of it. */
public final class LibrarySync implements SyncActivities {

  /** Titles of which the files are read in one step: no payload and no wait grows long. */
  private static final int TITLES_A_STEP = 100;

  private static final int TITLES_A_WRITE = 500;

  private final ConnectionRepository connections;
  private final ManagedRepository managed;
  private final TitleComparison comparison;
  private final ConnectionClients clients;

  public LibrarySync(Database database, WorkflowClient temporal, ConnectionClients clients) {
    this.connections = new ConnectionRepository(database);
    this.managed = new ManagedRepository(database);
    this.comparison = new TitleComparison(database, temporal);
    this.clients = clients;
  }

  @Override
  public SyncTitles titles(SyncOrder order) {
    return titles(order, Activity.getExecutionContext()::heartbeat);
  }

  SyncTitles titles(SyncOrder order, Consumer<Integer> heartbeat) {
    Connection connection = require(order);
    TitleReading reading = new TitleReading(connection, heartbeat);
    // As of before: a title that an event brings meanwhile may be missing in the list, and is not
    // gone.
    Set<Long> gone = new HashSet<>(managed.titleIds(order.connection()));
    try {
      ArrClient client = client(connection);
      Labels labels = client.labels();
      connections.label(connection.id(), labels.tags(), labels.qualityProfiles());
      client.titles(reading);
    } catch (ArrFailed e) {
      throw fault(connection, e);
    }
    reading.write();
    gone.removeAll(reading.seen);
    SyncTally tally = comparison.letGo(connection, gone).plus(outside(reading));
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
    SyncTally tally = comparison.compare(connection, titles, read);
    return new SyncStep(titles.getLast().record().id(), titles.size(), tally);
  }

  private ArrClient client(Connection connection) throws ArrFailed {
    return clients.at(connection);
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
