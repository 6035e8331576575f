package dev.reencodarr.activities.sync;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.HistoryRepository;
import dev.reencodarr.activities.store.sync.HistoryRepository.Point;
import dev.reencodarr.activities.sync.arr.ArrFailed;
import dev.reencodarr.activities.sync.arr.HistoryEvent;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.sync.CatchUpActivities;
import dev.reencodarr.workflows.sync.SyncOrder;
import dev.reencodarr.workflows.sync.TouchedTitles;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what happened since the latest event that was taken notice of. Titles are handed on before
 * that is written down: who dies between hands on the same once more.
 */
public final class HistoryReading implements CatchUpActivities {

  /** What happened before a connection was first asked was read by its first sync. */
  private static final Duration AT_FIRST = Duration.ofDays(1);

  /** Events of one import carry times that are not in the order of their ids. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private final ConnectionRepository connections;
  private final HistoryRepository history;
  private final ConnectionClients clients;
  private final Consumer<TouchedTitles> taker;
  private final Clock clock;

  /**
   * @param taker hands titles on, and throws where that cannot be done now
   */
  public HistoryReading(
      Database database, ConnectionClients clients, Consumer<TouchedTitles> taker, Clock clock) {
    this.connections = new ConnectionRepository(database);
    this.history = new HistoryRepository(database);
    this.clients = clients;
    this.taker = taker;
    this.clock = clock;
  }

  @Override
  public int catchUp(SyncOrder order) {
    Optional<Connection> connection = connections.find(order.connection());
    if (connection.isEmpty()) {
      return 0;
    }
    try {
      return catchUp(connection.get());
    } catch (ArrFailed e) {
      throw Faults.of(connection.get().kind().evidence(), String.valueOf(e.getMessage()));
    }
  }

  private int catchUp(Connection connection) throws ArrFailed {
    Point last = history.latest(connection.id()).orElseGet(() -> new Point(beginning(), 0));
    List<HistoryEvent> news =
        clients.at(connection).historySince(last.at().minus(OVERLAP)).stream()
            .filter(event -> isNews(event, last))
            // One of the future would hide all that come before its time.
            .filter(event -> !event.at().isAfter(clock.instant().plus(OVERLAP)))
            .toList();
    List<Long> titles =
        news.stream()
            .filter(HistoryReading::isOfFiles)
            .map(HistoryEvent::title)
            .distinct()
            .toList();
    if (!titles.isEmpty()) {
      taker.accept(
          new TouchedTitles(
              connection.id(), connection.name(), connection.kind(), connection.zone(), titles));
    }
    if (!news.isEmpty()) {
      history.reached(connection.id(), latest(news));
    }
    return titles.size();
  }

  private Instant beginning() {
    return clock.instant().minus(AT_FIRST);
  }

  /** By its time too: a program that was set up anew counts its ids from the beginning. */
  private static boolean isNews(HistoryEvent event, Point last) {
    return event.id() > last.id() || event.at().isAfter(last.at());
  }

  private static boolean isOfFiles(HistoryEvent event) {
    return switch (event.kind()) {
      case IMPORTED, FILE_DELETED, FILE_RENAMED, OTHER -> true;
      case GRABBED, DOWNLOAD_FAILED -> false;
    };
  }

  private static Point latest(List<HistoryEvent> news) {
    Instant at = news.stream().map(HistoryEvent::at).max(Instant::compareTo).orElseThrow();
    long id = news.stream().mapToLong(HistoryEvent::id).max().orElseThrow();
    return new Point(at, id);
  }
}
