package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A small file that is there whole or not at all, whenever the machine goes down. */
final class WholeFile {

  private static final String PART = ".part";

  private WholeFile() {}

  /** Writes the file over one that is there and waits until it is on disk. */
  static void write(Path file, byte[] content) throws IOException {
    Path part = partOf(file);
    Files.deleteIfExists(part);
    Files.write(part, content);
    Fsync.file(part);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    Fsync.folder(InsideLibrary.folderOf(file));
  }

  /** Removes the file and what a write that was cut short has left of it. */
  static void delete(Path file) throws IOException {
    Files.deleteIfExists(partOf(file));
    Files.deleteIfExists(file);
  }

  private static Path partOf(Path file) {
    return file.resolveSibling(file.getFileName() + PART);
  }
}
