package dev.reencodarr.workflows.broken;

/**
 * How the getting of another copy stands.
 *
 * @param what for people, one line
 */
public record RedownloadStanding(Phase phase, String what) {

  /** How far it is. */
  public enum Phase {
    /** It cannot be begun yet. */
    NOT_YET,
    /** It can be asked for; the broken file lies where it was. */
    READY,
    /** It is looked for, and the broken file is kept out of sight. */
    WAITING,
    /** A file is there, and the broken one is kept for some more days. */
    KEEPING,
    /** There is nothing more to do. */
    OVER
  }
}
