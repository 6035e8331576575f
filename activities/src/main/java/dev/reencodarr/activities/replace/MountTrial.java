package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.MountAbility;
import java.io.IOException;

/** Says what a mount can do. */
@FunctionalInterface
interface MountTrial {

  /**
   * What the mount of our folder can do with files of this owner.
   *
   * @throws IOException if it could not be tried: the mount is gone, full or read-only
   */
  MountAbility of(DotFolder folder, FileOwner owner) throws IOException;
}
