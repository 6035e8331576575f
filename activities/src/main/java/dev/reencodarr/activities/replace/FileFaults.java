package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.io.IOException;
import java.util.Locale;

/** What is said of file operations that failed. */
final class FileFaults {

  private FileFaults() {}

  /** A fault of kind DISK_FULL where the disk says so, else FILE_OPERATION. */
  static RuntimeException of(String doing, IOException failure) {
    String message = doing + ": " + failure.getClass().getSimpleName() + ": " + told(failure);
    return Faults.of(
        isFull(failure) ? EvidenceKind.DISK_FULL : EvidenceKind.FILE_OPERATION, message);
  }

  private static String told(IOException failure) {
    StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
    for (Throwable suppressed : failure.getSuppressed()) {
      text.append("; ").append(suppressed.getMessage());
    }
    return text.toString();
  }

  private static boolean isFull(IOException failure) {
    String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left") || text.contains("disk quota exceeded");
  }
}
