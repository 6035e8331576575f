package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;

/** Stands before every write into a library. */
@FunctionalInterface
public interface LibraryGuard {

  /**
   * Returns only if the marker of this installation's library lies at the root, also where the
   * library was taken out of use: what was begun in it is brought to its end, undone and let go.
   *
   * @throws RuntimeException a fault of kind MOUNT_GONE otherwise
   */
  void require(MediaPath libraryRoot);

  /**
   * The same before anything new is begun: only in a library that is in use.
   *
   * @throws RuntimeException a fault of kind LIBRARY_REMOVED if it was taken out of use, and of
   *     kind MOUNT_GONE otherwise
   */
  default void requireInUse(MediaPath libraryRoot) {
    require(libraryRoot);
  }
}
