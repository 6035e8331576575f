package dev.reencodarr.workflows.broken;

/**
 * How far a check is.
 *
 * @param deep whether every picture is decoded
 * @param now the file that is being read; empty: none
 * @param waitsFor what it waits for, for people; empty: nothing
 * @param seconds since it began
 */
public record SourceCheckProgress(
    SourceCheckTally tally, boolean deep, String now, String waitsFor, long seconds) {

  /** In one line, for people. */
  public String line() {
    return (waitsFor.isEmpty() ? "" : "waits: " + waitsFor + "; ") + tally.line();
  }
}
