package dev.reencodarr.activities.store.media;

import dev.reencodarr.workflows.watching.Viewers;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of a media server.
 *
 * @param viewers as of its last answer
 * @param sinceAnswer by the database's clock; empty: it has never answered
 * @param sinceWatched since somebody was seen watching who holds up work; empty: never
 * @param problem with the latest question; empty where there was none
 * @param untold changes that it is still to be told of
 */
public record MediaServerState(
    MediaServer server,
    Viewers viewers,
    Optional<Duration> sinceAnswer,
    Optional<Duration> sinceWatched,
    String problem,
    int untold) {

  /** How long it still holds up work; empty where it does not. */
  public Optional<Duration> heldFor() {
    return sinceWatched.flatMap(
        watched -> sinceAnswer.flatMap(answer -> server.policy().heldFor(watched, answer)));
  }

  /** The same, if nothing was heard since. */
  public MediaServerState laterBy(Duration time) {
    return new MediaServerState(
        server,
        viewers,
        sinceAnswer.map(time::plus),
        sinceWatched.map(time::plus),
        problem,
        untold);
  }
}
