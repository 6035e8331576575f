package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.media.MediaPath;

/** Tells a file that was deleted from one whose library is not mounted at the moment. */
@FunctionalInterface
public interface MountCheck {

  /** Throws the fault {@code MOUNT_GONE} if the library around this path is not there. */
  void requireMounted(MediaPath path);
}
