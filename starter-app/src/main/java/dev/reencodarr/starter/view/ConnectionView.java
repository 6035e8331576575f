package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.Sync;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.SyncTally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A connection to Sonarr or Radarr in JSON: a contract with other programs.
 *
 * @param files that it manages, as of its latest sync
 * @param syncing whether it is being looked through
 * @param titlesDone of the sync that is at work, or of the latest
 * @param titlesTotal empty: not known yet
 * @param syncedSecondsAgo since a sync has come through; empty: none has
 * @param untold changes of files that it is still to be told of
 * @param problem why the latest sync failed, or what it waits for; empty for none
 */
public record ConnectionView(
    String name,
    String kind,
    String url,
    String zone,
    List<PathMap.Rule> paths,
    long everySeconds,
    int files,
    boolean syncing,
    int titlesDone,
    Optional<Integer> titlesTotal,
    Optional<SyncTally> tally,
    Optional<Long> syncedSecondsAgo,
    int untold,
    String problem) {

  /**
   * @param latest sync, if any
   * @param whole the latest that has come through, if any
   */
  public static ConnectionView of(
      Connection connection, int files, int untold, List<Sync> latest, List<Sync> whole) {
    Optional<Sync> last = latest.stream().findFirst();
    return new ConnectionView(
        connection.name(),
        connection.kind().code(),
        connection.url().toString(),
        connection.zone(),
        connection.paths().rules(),
        connection.every().toSeconds(),
        files,
        last.filter(Sync::isAtWork).isPresent(),
        last.map(sync -> sync.progress().titles()).orElse(0),
        last.map(sync -> sync.progress().total()).filter(total -> total >= 0),
        last.map(sync -> sync.progress().tally()),
        whole.stream()
            .findFirst()
            .flatMap(Sync::ended)
            .map(ended -> Math.max(0, Duration.between(ended, Instant.now()).toSeconds())),
        untold,
        last.map(Sync::problem).orElse(""));
  }

  /** How it stands, in a line for people. */
  public String state() {
    String synced =
        syncedSecondsAgo
                .map(seconds -> "synced " + Figures.clock((double) seconds) + " ago")
                .orElse("not synced yet")
            + (untold == 0 ? "" : "; to be told of " + Figures.count(untold, "changed file"));
    if (!problem.isEmpty()) {
      return (syncing ? "waits: " : "FAILED: ") + Printable.of(problem) + "; " + synced;
    }
    return syncing ? progress() : synced;
  }

  /** How far its sync is. */
  public String progress() {
    return titlesTotal
        .map(total -> titlesDone + " of " + total + " titles")
        .orElse("reading the titles");
  }

  /** For a line of {@code status}. */
  public String line() {
    return kind + " " + name + " at " + url + ": " + state();
  }
}
