package dev.reencodarr.workflows.sync;

/**
 * How far the telling is.
 *
 * @param told in this round
 * @param left to be tried again
 * @param givenUp in this round: tried for as long as makes sense
 * @param problem with the last one that is left, for people; empty where there is none
 */
public record TellProgress(int told, int left, int givenUp, String problem) {

  static final TellProgress NOTHING = new TellProgress(0, 0, 0, "");

  TellProgress plus(TellProgress other) {
    return new TellProgress(
        told + other.told,
        left + other.left,
        givenUp + other.givenUp,
        other.problem.isEmpty() ? problem : other.problem);
  }

  /** In one line, for people. */
  public String line() {
    return told
        + " told, "
        + left
        + " to be tried again"
        + (givenUp == 0 ? "" : ", " + givenUp + " given up")
        + (problem.isEmpty() ? "" : ": " + problem);
  }
}
