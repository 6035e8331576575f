package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;

/**
 * What the file system says of a name that is no symbolic link.
 *
 * @param links how many names the file has
 */
record FileStat(long device, long inode, int links, boolean regular, long size, FileTime mtime) {

  /** Empty if there is nothing of this name. */
  static Optional<FileStat> of(Path file) throws IOException {
    try {
      Map<String, Object> read =
          Files.readAttributes(
              file,
              "unix:dev,ino,nlink,isRegularFile,size,lastModifiedTime",
              LinkOption.NOFOLLOW_LINKS);
      return Optional.of(
          new FileStat(
              number(read, "dev"),
              number(read, "ino"),
              (int) number(read, "nlink"),
              Boolean.TRUE.equals(read.get("isRegularFile")),
              number(read, "size"),
              time(read)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static long number(Map<String, Object> read, String name) throws IOException {
    if (read.get(name) instanceof Number number) {
      return number.longValue();
    }
    throw new IOException("the file system does not say " + name);
  }

  private static FileTime time(Map<String, Object> read) throws IOException {
    if (read.get("lastModifiedTime") instanceof FileTime time) {
      return time;
    }
    throw new IOException("the file system does not say when a file was modified");
  }

  /** Whether this is a name of the same file. */
  boolean sameFile(FileStat other) {
    return device == other.device && inode == other.inode;
  }

  /** Whether this is a name of the same file, and nobody has written to it in between. */
  boolean untouchedSince(FileStat earlier) {
    return sameFile(earlier) && size == earlier.size && mtime.equals(earlier.mtime);
  }

  /** Whether size and time are the same: all there is where inode numbers say nothing. */
  boolean looksLike(FileStat earlier) {
    return regular == earlier.regular && size == earlier.size && mtime.equals(earlier.mtime);
  }

  /**
   * Whether both names are there and are names of one file: the same number alone is no proof, each
   * of two names of a file has to say that the file has several. Says nothing where inode numbers
   * are not stable.
   */
  static boolean sameFile(Path one, Path other) throws IOException {
    Optional<FileStat> first = of(one);
    Optional<FileStat> second = of(other);
    return first.isPresent()
        && second.isPresent()
        && first.get().sameFile(second.get())
        && first.get().links() > 1
        && second.get().links() > 1;
  }

  /** Names of the file beside the one that was asked. */
  int otherNames() {
    return links - 1;
  }

  /** Whether anything has this name, a symbolic link included. */
  static boolean exists(Path file) throws IOException {
    return of(file).isPresent();
  }
}
