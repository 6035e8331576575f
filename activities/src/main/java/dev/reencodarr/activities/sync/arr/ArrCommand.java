package dev.reencodarr.activities.sync.arr;

/**
 * A command that was given.
 *
 * @param state as of the answer
 * @param message in the program's words, one line; may be empty
 */
public record ArrCommand(long id, State state, String message) {

  /** Where a command stands. That it is completed says nothing of its effect. */
  public enum State {
    QUEUED,
    STARTED,
    COMPLETED,
    FAILED,
    ABORTED,
    CANCELLED,
    ORPHANED;

    public boolean isOver() {
      return this != QUEUED && this != STARTED;
    }
  }
}
