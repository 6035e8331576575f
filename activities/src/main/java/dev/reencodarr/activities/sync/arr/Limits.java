package dev.reencodarr.activities.sync.arr;

import java.time.Duration;

/**
 * How long is waited for an answer, and how much of it is read.
 *
 * @param connect until somebody listens
 * @param ordinary for most that is asked
 * @param whole for lists of the whole library, which take the program long
 * @param pause before the second try; the third waits twice as long
 * @param bytes of one answer, unpacked
 * @param itemBytes of one item of a list, and of an answer that is one object
 */
record Limits(
    Duration connect, Wait ordinary, Wait whole, Duration pause, long bytes, int itemBytes) {

  /** A series of a hundred seasons has a tenth of the last. */
  static final Limits USUAL =
      new Limits(
          Duration.ofSeconds(10),
          new Wait(Duration.ofSeconds(60), Duration.ofMinutes(2)),
          new Wait(Duration.ofSeconds(120), Duration.ofMinutes(10)),
          Duration.ofSeconds(1),
          512L << 20,
          2 << 20);

  /**
   * @param read between two bytes
   * @param call of everything: a program may send one byte a minute
   */
  record Wait(Duration read, Duration call) {}
}
