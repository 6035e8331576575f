package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomActivities;
import dev.reencodarr.workflows.replace.RoomRequest;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * Room for an original in quarantine and for a result beside it, made sure of before anything
 * costly is done: an original is never dropped early, so a video waits instead, however long.
 */
final class RoomInLibrary {

  /** Version 0 found out at the swap what the library offers. */
  private static final String ROOM_FIRST = "room-before-search";

  private static final Duration FIRST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_WAIT = Duration.ofHours(2);

  private final RoomRequest request;
  private final boolean isNeeded;
  private final RoomActivities library;
  private final Attempts attempts;
  private final Parking parking;
  private Room.Reserved reserved = Room.Reserved.NONE_YET;

  /**
   * @param request with no result expected yet
   */
  RoomInLibrary(
      RoomRequest request,
      boolean isNeeded,
      RoomActivities library,
      Attempts attempts,
      Parking parking) {
    this.request = request;
    this.isNeeded = isNeeded;
    this.library = library;
    this.attempts = attempts;
    this.parking = parking;
  }

  /** Returns when the file can be replaced where it lies and its original be kept. */
  void await() {
    awaitFor(0);
  }

  /** Returns when a result of this expected size has room as well. */
  void awaitFor(long resultBytes) {
    if (!isNeeded || reserved.holds(resultBytes) || !isAskedFor()) {
      return;
    }
    Duration wait = FIRST_WAIT;
    while (true) {
      Room room =
          attempts.run(
              FailureStage.POST_PROCESS, () -> library.reserve(request.expecting(resultBytes)));
      switch (room) {
        case Room.Reserved now -> {
          reserved = now;
          return;
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

  private static boolean isAskedFor() {
    return Workflow.getVersion(ROOM_FIRST, Workflow.DEFAULT_VERSION, 1) > 0;
  }
}
