package dev.reencodarr.activities.janitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** How long something has not been written to. */
final class Ages {

  private Ages() {}

  /** By its modification time: of a folder, when an entry came or went. */
  static boolean isOlder(Path path, Duration age) throws IOException {
    Instant modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS).toInstant();
    return modified.isBefore(Instant.now().minus(age));
  }
}
