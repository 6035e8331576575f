package dev.reencodarr.bench.chaos;

import java.util.Locale;

/**
 * When a fault comes: so long after a film of the batch has come so far.
 *
 * @param film by its place in the batch
 * @param delayMillis at least 0
 */
record Moment(Stage stage, int film, int delayMillis) {

  /** How far a film has come. In this order: who has come to one has come to all before it. */
  enum Stage {
    ORDERED(8000),
    ANALYSING(300),
    SEARCHING(1500),
    ENCODING(3000),
    REPLACING(400),
    /** The journal holds the intent of its swap: its moves follow within milliseconds. */
    SWAPPING(25),
    /** The journal calls its swap done. */
    SWAPPED(40);

    private final int longestDelayMillis;

    Stage(int longestDelayMillis) {
      this.longestDelayMillis = longestDelayMillis;
    }

    /** A fault of this stage comes before so much time has passed. */
    int longestDelayMillis() {
      return longestDelayMillis;
    }
  }

  String text() {
    return "%d ms after film %d is %s"
        .formatted(delayMillis, film, stage.name().toLowerCase(Locale.ROOT));
  }
}
