package dev.reencodarr.workflows.library;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.RequestId;
import io.temporal.activity.ActivityInterface;

/** Starts the videos of a library; runs on {@code control}. */
@ActivityInterface(namePrefix = "Library")
public interface LibraryActivities {

  /**
   * Starts waiting videos in order, never more than the window at a time, and settles those whose
   * workflow was ended from outside; until none is left to start or at work, or some minutes have
   * passed. Parked videos are not waited for. Heartbeats.
   *
   * @return how many are still to be started or at work
   */
  int startVideos(LibraryId library);

  /** Marks a request as scanned: its list of videos is complete. */
  void scanned(RequestId request, ScanTally tally);

  /** Marks a request as failed as a whole, with the reason that people read. */
  void failed(RequestId request, String why);
}
