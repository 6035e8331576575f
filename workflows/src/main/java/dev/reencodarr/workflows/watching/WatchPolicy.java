package dev.reencodarr.workflows.watching;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long work is held up after somebody has watched.
 *
 * @param after the last one has stopped
 */
public record WatchPolicy(Duration after) {

  /** A server that does not answer for so long holds up nothing any more. */
  public static final Duration SILENCE = Duration.ofMinutes(10);

  /** Between two questions nobody knows whether somebody watches; the second comes before this. */
  public static final Duration LEAST = Duration.ofSeconds(30);

  /** The longest {@link #after} that makes sense. */
  public static final Duration MOST = Duration.ofHours(12);

  /**
   * How long work is still held up, if nobody is seen watching any more.
   *
   * @param sinceWatched since somebody was last seen watching
   * @param sinceAnswer since the server has last answered
   * @return empty where it is not held up
   */
  public Optional<Duration> heldFor(Duration sinceWatched, Duration sinceAnswer) {
    Duration left = longer(after, LEAST).minus(sinceWatched);
    boolean silent = sinceAnswer.compareTo(SILENCE) >= 0;
    return silent || !left.isPositive() ? Optional.empty() : Optional.of(left);
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
