package dev.reencodarr.workflows.sync;

/**
 * How far a sync is.
 *
 * @param titles series or movies that were looked at
 * @param total of them; negative: not known yet
 */
public record SyncProgress(int titles, int total, SyncTally tally) {

  /** In one line, for people. */
  public String line() {
    return total < 0 ? "reading the titles" : titles + " of " + total + " titles: " + tally.line();
  }
}
