package dev.reencodarr.bench.chaos;

/**
 * Something that must never be.
 *
 * @param what for people, with names and paths
 */
record Violation(Kind kind, String what) {

  /** Which promise is broken. */
  enum Kind {
    LOSS("originals or results that are not whole"),
    DOUBLE_COMMIT("films replaced twice"),
    DOUBLE_WORK("films encoded anew without a cause"),
    UNTRUE_ROW("rows that say what is not so"),
    LITTER("files and folders left behind"),
    ORPHAN("processes left behind"),
    STUCK("films that came to no end");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** As it is printed. */
    String text() {
      return text;
    }
  }
}
