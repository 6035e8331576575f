package dev.reencodarr.workflows.library;

import dev.reencodarr.workflows.media.LibraryId;
import io.temporal.activity.ActivityInterface;

/** Orders scans; runs on {@code control}. */
@ActivityInterface(namePrefix = "ScanOrder")
public interface ScanOrderActivities {

  /**
   * Orders a scan of the whole library, unless one by schedule is still to be done.
   *
   * @return what was done, for people
   */
  String order(LibraryId library);
}
