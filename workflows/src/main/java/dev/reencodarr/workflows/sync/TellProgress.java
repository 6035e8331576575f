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
