package dev.reencodarr.activities.temporal;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where an exception comes from, in so few lines that they travel through Temporal. */
final class StackHead {

  private static final int MOST_CAUSES = 4;
  private static final int MOST_FRAMES = 8;
  private static final int MOST_OF_A_MESSAGE = 500;

  private StackHead() {}

  /** The exception and its causes, each with what it says and its first frames. */
  static String of(Throwable thrown) {
    return Stream.<Throwable>iterate(thrown, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .map(StackHead::one)
        .collect(Collectors.joining("\nCaused by: "));
  }

  private static String one(Throwable thrown) {
    String said = thrown.toString();
    return Stream.concat(
            Stream.of(said.substring(0, Math.min(said.length(), MOST_OF_A_MESSAGE))),
            Stream.of(thrown.getStackTrace()).limit(MOST_FRAMES).map(frame -> "\tat " + frame))
        .collect(Collectors.joining("\n"));
  }
}
