package dev.reencodarr.workflows.failure;

import java.time.Duration;

/** What is done after a failure. */
public sealed interface Decision {

  /** It in a few words, such as {@code retry after 60 s}; the {@code reaction} of rows. */
  default String words() {
    return switch (this) {
      case Retry retry -> "retry after " + seconds(retry.after());
      case HalveThreads halve -> "half the threads after " + seconds(halve.after());
      case TakeOver takeOver ->
          takeOver.after().isZero() ? "take over" : "take over after " + seconds(takeOver.after());
      case Park _ -> "park";
      case NextRung() -> "next rung";
      case GiveUp() -> "give up";
      case Wait wait -> "wait " + seconds(wait.after());
      case ParkFor park -> "park, look again after " + seconds(park.after());
    };
  }

  private static String seconds(Duration pause) {
    return pause.toSeconds() + " s";
  }

  /** Run the step again after this pause; it counts against the video. */
  record Retry(Duration after) implements Decision {}

  /** Run it again after this pause, from now on with half the threads. */
  record HalveThreads(Duration after) implements Decision {}

  /**
   * Run it again after this pause, on the same machine first where one is named by the evidence:
   * what the lost or restarted worker left running is attached to.
   */
  record TakeOver(Duration after) implements Decision {}

  /**
   * Not again before an operator says so: this file is dangerous to whoever works on it.
   *
   * @param forWhat for people: what is waited for
   */
  record Park(String forWhat) implements Decision {}

  /** The next rung of the ladder. */
  record NextRung() implements Decision {}

  /** This video has failed. */
  record GiveUp() implements Decision {}

  /**
   * Run it again after this pause; it does not count against the video.
   *
   * @param forWhat for people: what is waited for
   */
  record Wait(Duration after, String forWhat) implements Decision {}

  /**
   * The wait becomes long: out of the library's window meanwhile. Run it again after this pause or
   * at an operator's word, as often as it takes.
   *
   * @param forWhat for people: what is waited for
   */
  record ParkFor(Duration after, String forWhat) implements Decision {}
}
