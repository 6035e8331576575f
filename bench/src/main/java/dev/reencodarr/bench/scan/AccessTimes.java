package dev.reencodarr.bench.scan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;

/**
 * Sees which files were read, by their access times. Set to days ago, they are renewed by the first
 * read even where a mount keeps them only roughly (relatime).
 */
final class AccessTimes {

  private static final Duration LONG_AGO = Duration.ofDays(3);

  private final List<Path> files;
  private final FileTime then;

  private AccessTimes(List<Path> files, FileTime then) {
    this.files = files;
    this.then = then;
  }

  /** From now on it is seen. */
  static AccessTimes reset(List<Path> files) throws IOException {
    FileTime then =
        FileTime.from(Instant.ofEpochSecond(Instant.now().minus(LONG_AGO).getEpochSecond()));
    for (Path file : files) {
      Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, then, null);
    }
    return new AccessTimes(files, then);
  }

  /**
   * How many of them were read; empty where this cannot be seen. Reads one of them to know: so it
   * answers once.
   */
  OptionalInt touched() throws IOException {
    int touched = 0;
    for (Path file : files) {
      touched += wasRead(file) ? 1 : 0;
    }
    Path trial = files.getFirst();
    Files.readAllBytes(trial);
    return wasRead(trial) ? OptionalInt.of(touched) : OptionalInt.empty();
  }

  private boolean wasRead(Path file) throws IOException {
    return !Files.readAttributes(file, BasicFileAttributes.class).lastAccessTime().equals(then);
  }
}
