package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomActivities;
import dev.reencodarr.workflows.replace.RoomRequest;
import io.temporal.workflow.Workflow;

/**
 * Room for an original in quarantine and for a result beside it, made sure of before anything
 * costly is done: an original is never dropped early, so a video waits instead, however long.
 */
final class RoomInLibrary {

  /** Version 0 found out at the swap what the library offers. */
  private static final String ROOM_FIRST = "room-before-search";

  private final RoomRequest request;
  private final boolean isNeeded;
  private final RoomActivities library;
  private final RoomWait wait;
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
    this.wait = new RoomWait(attempts, parking);
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
    reserved = wait.until(() -> library.reserve(request.expecting(resultBytes)));
  }

  private static boolean isAskedFor() {
    return Workflow.getVersion(ROOM_FIRST, Workflow.DEFAULT_VERSION, 1) > 0;
  }
}
