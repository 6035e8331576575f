package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.media.SourceIdentity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Reads what makes a file's content this content and no other. */
public final class FileIdentity {

  /** A file up to this size is read as a whole. */
  private static final long SMALL = 1024 * 1024;

  private static final int BLOCKS = 16;

  /** Of the beginning and the end, where editors of tags write. */
  private static final int EDGE = 64 * 1024;

  /** Of the blocks between: enough to tell films apart, and little to read from a slow disk. */
  private static final int INNER = 16 * 1024;

  private FileIdentity() {}

  /**
   * The identity of the file at this path. It is opened before it is looked at, since network file
   * systems refresh what they say of a file when it is opened.
   *
   * @throws IOException if there is no readable file, or it shrinks while it is read
   */
  public static SourceIdentity of(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      Stamp stamp = Stamp.of(file);
      return new SourceIdentity(stamp.size(), stamp.mtime(), sampledHash(channel, stamp.size()));
    }
  }

  /**
   * What is quickly seen of a file: enough to notice that it was written to.
   *
   * @param size in bytes
   * @param mtime in whole microseconds, which is what a database keeps of it
   */
  public record Stamp(long size, Instant mtime) {

    /**
     * Follows symbolic links.
     *
     * @throws IOException if there is no such file
     */
    public static Stamp of(Path file) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(
          attributes.size(),
          attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Whether a file of this identity would show this stamp. */
    public boolean fits(SourceIdentity identity) {
      return size == identity.size() && mtime.equals(identity.mtime());
    }
  }

  private static String sampledHash(FileChannel channel, long size) throws IOException {
    MessageDigest digest = sha256();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, size));
    ByteBuffer block = ByteBuffer.allocate(EDGE);
    if (size <= SMALL) {
      for (long offset = 0; offset < size; offset += EDGE) {
        update(digest, channel, offset, block.clear().limit((int) Math.min(EDGE, size - offset)));
      }
    } else {
      for (int i = 0; i < BLOCKS; i++) {
        boolean inner = i > 0 && i < BLOCKS - 1;
        update(
            digest,
            channel,
            (size - EDGE) * i / (BLOCKS - 1),
            block.clear().limit(inner ? INNER : EDGE));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Fills the block from there on and adds it. */
  private static void update(
      MessageDigest digest, FileChannel channel, long offset, ByteBuffer block) throws IOException {
    while (block.hasRemaining()) {
      if (channel.read(block, offset + block.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    digest.update(block.flip());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
