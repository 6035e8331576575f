package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out what a mount can do by doing it. */
@FunctionalInterface
interface MountTrial {

  /**
   * The best way to swap files on the mount of this folder; empty if it offers none.
   *
   * @param folder of ours, on the mount in question
   */
  Optional<SwapWay> bestWay(Path folder) throws IOException;

  /** Tries with empty files of our own. */
  static MountTrial byDoing() {
    return TrialFiles::bestWay;
  }
}
