package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;

/** Stands before every write into a library. */
@FunctionalInterface
public interface LibraryGuard {

  /**
   * Returns only if the marker of this installation's library lies at the root.
   *
   * @throws RuntimeException a fault of kind MOUNT_GONE otherwise
   */
  void require(MediaPath libraryRoot);
}
