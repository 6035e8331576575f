package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.temporal.Pauses;
import io.temporal.workflow.Functions;
import java.time.Duration;

/** Waits for room on a library's file system, however long, and looks ever more seldom. */
final class RoomWait {

  private static final Pauses WAITS = new Pauses(Duration.ofMinutes(5), Duration.ofHours(2));

  private final Attempts attempts;
  private final Parking parking;

  RoomWait(Attempts attempts, Parking parking) {
    this.attempts = attempts;
    this.parking = parking;
  }

  /** Returns when there is room; an operator's {@code retry} has it looked for at once. */
  Room.Reserved until(Functions.Func<Room> asked) {
    Duration wait = WAITS.first();
    while (true) {
      switch (attempts.run(FailureStage.POST_PROCESS, asked)) {
        case Room.Reserved reserved -> {
          return reserved;
        }
        case Room.None none -> parking.untilRetriedOr(wait, none.forWhat());
      }
      wait = WAITS.after(wait);
    }
  }
}
