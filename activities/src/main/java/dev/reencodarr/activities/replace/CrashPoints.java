package dev.reencodarr.activities.replace;

/** The places where a test stops swap or undo dead; every step passes through each moment. */
@FunctionalInterface
interface CrashPoints {

  /** The moments of a step. */
  enum Moment {
    BEFORE,
    /** The intent is in the journal, the step is not taken. */
    INTENDED,
    /** The step is taken, the journal does not know it yet. */
    TAKEN,
    AFTER
  }

  void at(Step step, Moment moment);

  /** Nothing is stopped. */
  static CrashPoints none() {
    return (step, moment) -> {};
  }
}
