package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.media.LibraryId;
import io.temporal.activity.ActivityInterface;

/** What the janitor does in a library; runs on {@code analyse@Z}. Each heartbeats. */
@ActivityInterface(namePrefix = "LibrarySweep")
public interface LibrarySweepActivities {

  /** Notes which files are gone and which are back. Goes on where it stopped when run again. */
  Swept files(LibraryId library);

  /**
   * Removes what swaps have left in our own folders and beside films, and tells of quarantine
   * folders without a row and rows without their folder.
   *
   * @param whole look into every folder of the library, not only into our own at its root
   */
  Swept leftovers(LibraryId library, boolean whole);
}
