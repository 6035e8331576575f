package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.RoomRequest;
import io.temporal.activity.ActivityInterface;

/** Looks after results that wait for a review, where they lie; runs on {@code files@Z}. */
@ActivityInterface(namePrefix = "Review")
public interface ReviewActivities {

  /**
   * Promises room to a result that will be held. Asking again for the same video renews the
   * promise.
   *
   * @param request whose result has the size that is expected; 0: not known yet
   */
  Room roomToHold(RoomRequest request);

  /** Looks whether result and source still lie as they did. Changes nothing. */
  HeldLook lookAt(HeldResult held);

  /**
   * Removes the result, also from a library that was taken out of use. Removing it twice is the
   * same as once.
   */
  void drop(HeldResult held);
}
