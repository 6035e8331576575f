package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.process.NoSpace;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What is said of file operations that failed. */
final class FileFaults {

  private FileFaults() {}

  /** Nothing of ours could be written beside a source: DISK_FULL where the disk says so. */
  static RuntimeException reserving(String doing, IOException failure) {
    return of(Evidence.RESERVE, doing, failure);
  }

  /**
   * What is written beside a source would not be as it has to be.
   *
   * @param why in a sentence
   */
  static RuntimeException unfit(String why) {
    return of(EvidenceKind.FILE_OPERATION, Evidence.RESERVE, why);
  }

  /** A result could not be brought beside its source: DISK_FULL where the disk says so. */
  static RuntimeException moving(String doing, IOException failure) {
    return of(Evidence.STAGE, doing, failure);
  }

  /** Names or contents in a library could not be changed: DISK_FULL where the disk says so. */
  static RuntimeException replacing(String doing, IOException failure) {
    return of(Evidence.FINALIZE, doing, failure);
  }

  private static RuntimeException of(String operation, String doing, IOException failure) {
    return of(
        NoSpace.isSaidBy(failure) ? EvidenceKind.DISK_FULL : EvidenceKind.FILE_OPERATION,
        operation,
        doing + ": " + failure.getClass().getSimpleName() + ": " + told(failure));
  }

  private static RuntimeException of(EvidenceKind kind, String operation, String message) {
    return Faults.of(
        new Evidence(kind, message, -1, 0, List.of(), "", Map.of(Evidence.OPERATION, operation)));
  }

  private static String told(IOException failure) {
    StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
    for (Throwable suppressed : failure.getSuppressed()) {
      text.append("; ").append(suppressed.getMessage());
    }
    return text.toString();
  }
}
