package dev.reencodarr.workflows.broken;

import java.time.Duration;

/** Pauses that become ever longer. */
record Pauses(Duration first, Duration longest) {

  /** The pause after one of this length. */
  Duration after(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
