package dev.reencodarr.workflows.replace;

import io.temporal.activity.ActivityInterface;

/** Looks after room for originals and results; runs on {@code files@Z}. */
@ActivityInterface(namePrefix = "Room")
public interface RoomActivities {

  /**
   * Tries whether the file can be replaced where it lies, and reserves room for its original in
   * quarantine. Asking again for the same video renews its reservation. Fails where the library has
   * too little space or takes no replacement.
   */
  Room reserve(RoomRequest request);
}
