package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room that must be there before anything is written. */
final class FreeSpace {

  private FreeSpace() {}

  /**
   * Returns only if the file system of the folder has room; one that does not say counts as full.
   *
   * @param bytes to be written
   * @param reserve bytes that stay free besides
   * @throws io.temporal.failure.ApplicationFailure of kind DISK_FULL otherwise
   */
  static void require(Path folder, long bytes, long reserve) {
    long usable;
    try {
      usable = Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw Faults.of(
          EvidenceKind.DISK_FULL, "the free space of " + folder + " is unknown: " + e.getMessage());
    }
    if (usable < bytes + reserve) {
      throw Faults.of(
          EvidenceKind.DISK_FULL,
          folder
              + " has "
              + usable
              + " bytes free; "
              + bytes
              + " and "
              + reserve
              + " in reserve are needed");
    }
  }
}
