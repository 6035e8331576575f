package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.replace.Room;
import io.temporal.workflow.Functions;
import java.time.Duration;

/** Waits for room on a library's file system, however long, and looks ever more seldom. */
final class RoomWait {

  private static final Duration FIRST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(2);

  private final Attempts attempts;
  private final Parking parking;

  RoomWait(Attempts attempts, Parking parking) {
    this.attempts = attempts;
    this.parking = parking;
  }

  /** Returns when there is room; an operator's {@code retry} has it looked for at once. */
  Room.Reserved until(Functions.Func<Room> asked) {
    Duration wait = FIRST_WAIT;
    while (true) {
      switch (attempts.run(FailureStage.POST_PROCESS, asked)) {
        case Room.Reserved reserved -> {
          return reserved;
        }
        case Room.None none -> parking.untilRetriedOr(wait, none.forWhat());
      }
      wait = longer(wait);
    }
  }

  private static Duration longer(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }
}
