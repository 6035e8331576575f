package dev.reencodarr.activities.replace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/** The checksum of a whole file. */
final class Sha256 {

  private static final int BLOCK = 1 << 20;

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * SHA-256 of the file, hex; symbolic links are refused.
   *
   * @param progress told the bytes read so far, about once a MiB
   */
  static String of(Path file, LongConsumer progress) throws IOException {
    MessageDigest digest = digest();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    long read = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      while (channel.read(block) >= 0) {
        block.flip();
        read += block.remaining();
        digest.update(block);
        block.clear();
        progress.accept(read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
