package dev.reencodarr.workflows.temporal;

import java.time.Duration;

/**
 * Pauses that double from the first one on, up to the longest: of waits that may last for weeks.
 */
public record Pauses(Duration first, Duration longest) {

  /** The pause after one of this length. */
  public Duration after(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
