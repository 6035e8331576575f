package dev.reencodarr.activities.replace;

/** The places where a test stops swap or undo dead; every step passes through each moment. */
@FunctionalInterface
interface CrashPoints {

  /** The moments of a step. */
  enum Moment {
    BEFORE,
    /** The intent is in the journal, the step is not taken. */
    INTENDED,
    /**
     * Inside a step: the path has been looked at for the last time, and will be renamed over. What
     * comes to it now is lost: these are the windows that docs/file-safety.md names.
     */
    LAST_LOOK,
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
