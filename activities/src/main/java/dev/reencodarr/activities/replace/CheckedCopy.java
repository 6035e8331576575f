package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Copies a file and believes it only after reading it back. */
final class CheckedCopy {

  private static final int BLOCK = 1 << 20;

  private CheckedCopy() {}

  /**
   * Writes a copy, waits until it is on disk and reads it back. A copy that fails is removed.
   *
   * @param copy a name that nobody else writes to, nor this execution before
   * @param sha256 that the copy must have, hex
   * @param progress told the bytes written and read back so far
   * @throws IOException if it fails, or the checksum is another
   */
  static void copy(Path file, Path copy, String sha256, LongConsumer progress) throws IOException {
    orNone(
        copy,
        () -> {
          write(file, copy, block -> {}, progress);
          confirm(copy, sha256, progress);
        });
  }

  /**
   * The same for a file whose checksum is not known: the copy must have that of what was read.
   *
   * @throws java.nio.file.NoSuchFileException if the file is gone, or somebody has taken the copy
   *     away
   */
  static void copy(Path file, Path copy, LongConsumer progress) throws IOException {
    orNone(
        copy,
        () -> {
          MessageDigest read = Sha256.digest();
          write(file, copy, read::update, progress);
          confirm(copy, HexFormat.of().formatHex(read.digest()), progress);
        });
  }

  private interface Writing {
    void run() throws IOException;
  }

  /** Nothing is left of what fails, or is told to stop. */
  private static void orNone(Path copy, Writing writing) throws IOException {
    try {
      writing.run();
    } catch (FileAlreadyExistsException notOurs) {
      throw notOurs;
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(copy);
      throw e;
    }
  }

  private static void confirm(Path copy, String sha256, LongConsumer progress) throws IOException {
    Fsync.file(copy);
    long size = Files.size(copy);
    String found = Sha256.of(copy, read -> progress.accept(size + read));
    if (!found.equals(sha256)) {
      throw new IOException(copy + " has checksum " + found + " instead of " + sha256);
    }
  }

  private static void write(Path file, Path copy, Consumer<ByteBuffer> read, LongConsumer progress)
      throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    long written = 0;
    try (FileChannel from =
            FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel to =
            FileChannel.open(
                copy,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE_NEW,
                LinkOption.NOFOLLOW_LINKS)) {
      while (from.read(block) >= 0) {
        block.flip();
        read.accept(block.duplicate());
        while (block.hasRemaining()) {
          written += to.write(block);
        }
        block.clear();
        progress.accept(written);
      }
    }
  }
}
