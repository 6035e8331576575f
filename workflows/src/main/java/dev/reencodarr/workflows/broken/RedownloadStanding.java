package dev.reencodarr.workflows.broken;

import java.time.Instant;

/**
 * How the getting of another copy stands.
 *
 * @param what for people, one line
 * @param since when it has come to this
 */
public record RedownloadStanding(Phase phase, String what, Instant since) {

  /** How far it is. */
  public enum Phase {
    /** It cannot be begun, or gone on with, yet. */
    NOT_YET,
    /** It can be asked for; the broken file lies where it was. */
    READY,
    /** It is looked for, and the broken file is kept out of sight. */
    WAITING,
    /** The same, and it is on its way: whoever waits for it goes on waiting. */
    COMING,
    /** A file is there, and the broken one is kept for some more days. */
    KEEPING,
    /** There is nothing more to do. */
    OVER
  }
}
