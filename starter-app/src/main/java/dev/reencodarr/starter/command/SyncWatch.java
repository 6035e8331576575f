package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.Sync;
import dev.reencodarr.activities.store.sync.SyncRepository;
import dev.reencodarr.starter.view.LiveProgress;
import dev.reencodarr.starter.view.SyncText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows syncs to their end. */
final class SyncWatch {

  private static final Duration LOOK_EVERY = Duration.ofMillis(300);

  /** A worker that is there begins at once. */
  private static final Duration UNTIL_BEGUN = Duration.ofSeconds(60);

  private final SyncRepository syncs;
  private final Surroundings surroundings;
  private final Map<Connection, Long> lastBefore = new LinkedHashMap<>();

  /** Remembers which syncs have ended already; to be made before new ones are asked for. */
  SyncWatch(Database database, Surroundings surroundings, List<Connection> connections) {
    this.syncs = new SyncRepository(database);
    this.surroundings = surroundings;
    for (Connection connection : connections) {
      lastBefore.put(
          connection,
          syncs.latest(connection.id()).filter(sync -> !sync.isAtWork()).map(Sync::id).orElse(0L));
    }
  }

  ExitCode untilDone() throws InterruptedException, CommandFailed {
    Map<Connection, Sync> ended = new LinkedHashMap<>();
    try (LiveProgress live = new LiveProgress(surroundings.err(), surroundings.terminal())) {
      long began = System.nanoTime();
      while (ended.size() < lastBefore.size()) {
        for (Connection connection : lastBefore.keySet()) {
          Optional<Sync> sync = current(connection);
          sync.filter(it -> !it.isAtWork()).ifPresent(it -> ended.put(connection, it));
          if (sync.isEmpty() && System.nanoTime() - began > UNTIL_BEGUN.toNanos()) {
            throw CommandFailed.unreachable(
                "no worker has begun it; is one at work? ./reencodarr status says so");
          }
          if (live.isDue() && !ended.containsKey(connection)) {
            live.show(SyncText.progress(connection.name(), sync.stream().toList()), List.of());
          }
        }
        Thread.sleep(LOOK_EVERY);
      }
    }
    ended.forEach((connection, sync) ->
        SyncText.outcome(connection.name(), sync).forEach(surroundings.out()::println));
    return ended.values().stream().anyMatch(Sync::isFailed) ? ExitCode.FAILED : ExitCode.DONE;
  }

  private Optional<Sync> current(Connection connection) {
    long before = lastBefore.getOrDefault(connection, 0L);
    return syncs.latest(connection.id()).filter(sync -> sync.id() > before);
  }
}
