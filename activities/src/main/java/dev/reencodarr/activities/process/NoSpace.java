package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;

/** Tells by the system's own words that a disk or a quota is full. */
public final class NoSpace {

  private NoSpace() {}

  /** Whether the failure says so; the names of its files do not count, whatever they are. */
  public static boolean isSaidBy(IOException failure) {
    String said =
        failure instanceof FileSystemException ofFile ? ofFile.getReason() : failure.getMessage();
    String words = Objects.requireNonNullElse(said, "").toLowerCase(Locale.ROOT);
    return words.contains("no space left") || words.contains("disk quota exceeded");
  }
}
