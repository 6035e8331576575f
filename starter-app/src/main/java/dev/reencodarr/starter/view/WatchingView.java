package dev.reencodarr.starter.view;

import dev.reencodarr.activities.store.media.MediaServerState;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.watching.HoldWhen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A media server in JSON: a contract with other programs.
 *
 * @param when while what work is held: playing, transcoding, never
 * @param afterSeconds work goes on so long after the last one has stopped
 * @param refreshes whether it is told of files
 * @param playing sessions that play and are not paused, as of its last answer
 * @param answeredSecondsAgo empty: it has never answered
 * @param heldForSeconds how long work is still held if nobody watches any more; empty: it is not
 * @param problem with the latest question; empty where there was none
 * @param untold changes of files that it is still to be told of
 */
public record WatchingView(
    long id,
    String kind,
    String url,
    String zone,
    String when,
    long afterSeconds,
    List<PathMap.Rule> paths,
    boolean refreshes,
    int playing,
    int transcoding,
    Optional<Long> answeredSecondsAgo,
    Optional<Long> heldForSeconds,
    String problem,
    int untold) {

  public static WatchingView of(MediaServerState state) {
    return new WatchingView(
        state.server().id(),
        state.server().kind().code(),
        state.server().url().toString(),
        state.server().zone(),
        state.server().when().code(),
        state.server().policy().after().toSeconds(),
        state.server().paths().rules(),
        state.server().refreshes(),
        state.viewers().playing(),
        state.viewers().transcoding(),
        state.sinceAnswer().map(Duration::toSeconds),
        state.heldFor().map(Duration::toSeconds),
        state.problem(),
        state.untold());
  }

  /** Whether somebody has asked it since it was added. */
  public static boolean isAsked(MediaServerState state) {
    return state.sinceAnswer().isPresent() || !state.problem().isEmpty();
  }

  /** While what it holds work, for people. */
  public String holds() {
    return when.equals(HoldWhen.NEVER.code())
        ? "never"
        : "while " + when + " and " + time(afterSeconds) + " after";
  }

  /** What goes on there, for people. */
  public String state() {
    String untoldWords =
        untold == 0 ? "" : "; to be told of " + Figures.count(untold, "changed file");
    if (!problem.isEmpty()) {
      return "PROBLEM: "
          + Printable.of(problem)
          + answeredSecondsAgo
              .map(seconds -> ", last answer " + time(seconds) + " ago")
              .orElse(", it has never answered")
          + heldForSeconds
              .map(seconds -> "; work goes on in " + time(seconds) + " at the latest")
              .orElse("; work is not held")
          + untoldWords;
    }
    if (when.equals(HoldWhen.NEVER.code())) {
      return "not asked" + untoldWords;
    }
    if (answeredSecondsAgo.isEmpty()) {
      return "not asked yet" + untoldWords;
    }
    return playing
        + " playing, "
        + transcoding
        + " transcoding"
        + heldForSeconds.map(_ -> "; work is held").orElse("")
        + untoldWords;
  }

  /** For a line of {@code status}. */
  public String line() {
    return kind + " at " + url + " (zone " + Printable.of(zone) + "): " + state();
  }

  private static String time(long seconds) {
    return Figures.clock((double) seconds);
  }
}
