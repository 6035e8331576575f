package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Gives files other names on the same mount; never copies. */
final class Renames {

  private Renames() {}

  /**
   * Renames into one of our own folders, where nobody else has names.
   *
   * @throws java.nio.file.AtomicMoveNotSupportedException if they lie on different mounts
   */
  static void intoOurs(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Renames over the file that has the name; for those who have kept that file by another name. */
  static void over(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Renames without ever replacing anything. Can be run again after it was cut short.
   *
   * @throws FileAlreadyExistsException if another file has the name; nothing is changed
   */
  static void toFreeName(Path from, Path to) throws IOException {
    try {
      AtomicExchange.renameToFreeName(from, to);
    } catch (AtomicExchange.NotOffered e) {
      linkThenUnlink(from, to);
    }
  }

  /** The older way to the same end: a link is refused where the name is taken. */
  static void linkThenUnlink(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException e) {
      throw new IOException(to + ": the mount offers no hard links", e);
    } catch (FileAlreadyExistsException e) {
      if (!FileStat.sameFile(from, to)) {
        throw e;
      }
    }
    Files.delete(from);
  }
}
