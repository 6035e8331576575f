package dev.reencodarr.bench.chaos;

/**
 * One fault.
 *
 * @param seconds that it lasts; 0 where it is over at once
 */
record Fault(FaultKind kind, Moment moment, int seconds) {

  String text() {
    return kind.text() + (seconds > 0 ? " for " + seconds + " s" : "") + ", " + moment.text();
  }
}
