package dev.reencodarr.starter.command;

/**
 * What was found of one thing that the work needs.
 *
 * @param what the thing
 * @param text what is so, and what to do where it is unfit
 */
record Finding(Verdict verdict, String what, String text) {

  /** Whether work can be done with it. */
  enum Verdict {
    OK,
    /** Worth knowing; nothing is wrong. */
    NOTE,
    UNFIT
  }

  static Finding ok(String what, String text) {
    return new Finding(Verdict.OK, what, text);
  }

  static Finding note(String what, String text) {
    return new Finding(Verdict.NOTE, what, text);
  }

  static Finding unfit(String what, String text) {
    return new Finding(Verdict.UNFIT, what, text);
  }
}
