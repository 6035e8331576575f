package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.CrashPoints.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/** Gives files other names on the same mount; never copies. */
final class Renames {

  private final MountCalls calls;
  private final CrashPoints points;
  private final boolean stableInodes;
  private final byte[] placeholder;

  /**
   * @param purpose what the names are taken for, unlike any other at any time: by it a placeholder
   *     that was left behind is known again
   * @param stableInodes whether an inode number tells one file from another on the mount; only then
   *     is a link that was made before known again
   */
  Renames(MountCalls calls, CrashPoints points, String purpose, boolean stableInodes) {
    this.calls = calls;
    this.points = points;
    this.stableInodes = stableInodes;
    this.placeholder =
        ("Reencodarr is about to put a file here (" + purpose + ")\n")
            .getBytes(StandardCharsets.UTF_8);
  }

  MountCalls calls() {
    return calls;
  }

  /**
   * Renames into one of our own folders, where nobody else has names, and replaces nothing there:
   * what lies in it may be the only copy of a file. Where the mount offers no rename that replaces
   * nothing, the look before it has to do; the fence lets nobody else in meanwhile. Never by a
   * second link: the old name may be another file by the time it is taken away.
   *
   * @throws FileAlreadyExistsException if the name is taken; nothing is changed
   * @throws java.nio.file.AtomicMoveNotSupportedException if they lie on different mounts
   */
  void intoOurs(Path from, Path to) throws IOException {
    // also where the mount has a rename that replaces nothing: not each one keeps its word
    if (FileStat.exists(to)) {
      throw new FileAlreadyExistsException(from.toString(), to.toString(), null);
    }
    try {
      calls.renameToFreeName(from, to);
    } catch (MountCalls.NotOffered e) {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Renames over the file that has the name; for those who have kept that file by another name. */
  static void over(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Renames without replacing anything. Can be run again after it was cut short. By the best that
   * the mount offers: a rename that replaces nothing; a link, then the old name goes; a small file
   * of ours that holds the name, then a rename over it. Only the last one has a window: what
   * another program writes over our small file in the instant between the last look at it and the
   * rename is lost.
   *
   * @throws FileAlreadyExistsException if another file has the name; nothing is changed
   */
  void toFreeName(Path from, Path to) throws IOException {
    if (isPlaceholder(to)) {
      fillPlaceholder(from, to);
      return;
    }
    try {
      calls.renameToFreeName(from, to);
    } catch (MountCalls.NotOffered e) {
      linkThenUnlink(from, to);
    }
  }

  private void linkThenUnlink(Path from, Path to) throws IOException {
    try {
      calls.link(from, to);
    } catch (MountCalls.NotOffered e) {
      overPlaceholder(from, to);
      return;
    } catch (FileAlreadyExistsException e) {
      if (!stableInodes || !FileStat.sameFile(from, to)) {
        throw e;
      }
    }
    points.at(Step.LINK_FREE_NAME, Moment.TAKEN);
    Files.delete(from);
  }

  private void overPlaceholder(Path from, Path to) throws IOException {
    if (!FileStat.exists(from)) {
      throw new NoSuchFileException(from.toString());
    }
    holdName(to);
    points.at(Step.HOLD_FREE_NAME, Moment.TAKEN);
    fillPlaceholder(from, to);
  }

  private void holdName(Path name) throws IOException {
    try (FileChannel held =
        FileChannel.open(name, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      try {
        held.write(ByteBuffer.wrap(placeholder));
      } catch (IOException e) {
        Files.deleteIfExists(name);
        throw e;
      }
    }
  }

  private void fillPlaceholder(Path from, Path to) throws IOException {
    if (!isPlaceholder(to)) {
      throw new FileAlreadyExistsException(to.toString());
    }
    points.at(Step.FILL_FREE_NAME, Moment.LAST_LOOK);
    try {
      over(from, to);
    } catch (IOException e) {
      dropPlaceholder(to);
      throw e;
    }
  }

  /** Whether the name is held by our own small file and so is free for us. */
  boolean isPlaceholder(Path name) throws IOException {
    Optional<FileStat> stat = FileStat.of(name);
    return stat.isPresent()
        && stat.get().regular()
        && stat.get().size() == placeholder.length
        && Arrays.equals(Files.readAllBytes(name), placeholder);
  }

  /** Removes the small file of a {@link #toFreeName} that was cut short and is not begun again. */
  void dropPlaceholder(Path name) throws IOException {
    if (isPlaceholder(name)) {
      Files.deleteIfExists(name);
    }
  }
}
