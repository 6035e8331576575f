package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository;
import dev.reencodarr.activities.store.sync.ManagedRepository.KnownTitle;
import dev.reencodarr.activities.sync.arr.ArrClient;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.sync.SyncTally;
import dev.reencodarr.workflows.sync.Title;
import dev.reencodarr.workflows.sync.TitleLookActivities;
import dev.reencodarr.workflows.sync.TouchedTitles;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks at single titles as they are now, whatever was said to have happened to them. */
public final class TitleLook implements TitleLookActivities {

  private final ConnectionRepository connections;
  private final ManagedRepository managed;
  private final TitleComparison comparison;
  private final ConnectionClients clients;

  public TitleLook(Database database, WorkflowClient temporal, ConnectionClients clients) {
    this.connections = new ConnectionRepository(database);
    this.managed = new ManagedRepository(database);
    this.comparison = new TitleComparison(database, temporal);
    this.clients = clients;
  }

  @Override
  public SyncTally look(TouchedTitles titles) {
    return look(titles, Activity.getExecutionContext()::heartbeat);
  }

  SyncTally look(TouchedTitles titles, Consumer<Integer> heartbeat) {
    Optional<Connection> connection = connections.find(titles.connection());
    if (connection.isEmpty() || titles.titles().isEmpty()) {
      return SyncTally.NOTHING;
    }
    try {
      return look(connection.get(), clients.at(connection.get()), titles.titles(), heartbeat);
    } catch (ArrFailed e) {
      throw Faults.of(connection.get().kind().evidence(), String.valueOf(e.getMessage()));
    }
  }

  private SyncTally look(
      Connection connection, ArrClient client, List<Long> ids, Consumer<Integer> heartbeat)
      throws ArrFailed {
    List<KnownTitle> there = new ArrayList<>();
    List<Long> gone = new ArrayList<>();
    List<ArrFailed> unread = new ArrayList<>();
    for (long id : ids) {
      heartbeat.accept(there.size());
      try {
        Optional<Title> title = client.title(id);
        if (title.isEmpty()) {
          gone.add(id);
        } else {
          placed(connection, title.get()).ifPresent(there::add);
        }
      } catch (ArrFailed failed) {
        if (failed.kind().isOfTheWhole()) {
          throw failed;
        }
        // The next sync reads it again.
        unread.add(failed);
      }
    }
    if (unread.size() == ids.size()) {
      throw unread.getFirst();
    }
    SyncTally tally = tally(unread);
    if (!there.isEmpty()) {
      managed.putTitles(connection.id(), there);
      TitleFiles files = TitleFiles.of(client, connection.kind(), there, heartbeat);
      tally = tally.plus(comparison.compare(connection, there, files));
    }
    return tally.plus(comparison.letGo(connection, gone));
  }

  /** Where it lies; a title whose folder has a name that is of no use here is left alone. */
  private static Optional<KnownTitle> placed(Connection connection, Title title) {
    Optional<MediaPath> path = KnownPath.ours(connection, title.path());
    return path.map(it -> new KnownTitle(it, title));
  }

  private static SyncTally tally(List<ArrFailed> unread) {
    return new SyncTally(
        0,
        0,
        0,
        0,
        0,
        unread.size(),
        unread.stream().map(failed -> String.valueOf(failed.getMessage())).toList());
  }
}
