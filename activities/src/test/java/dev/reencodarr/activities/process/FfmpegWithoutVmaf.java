package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The real ffmpeg without the filter libvmaf, as distributions build it: a copy in which the filter
 * goes by another name. So it says and does of its own what such a one does: it lists no libvmaf,
 * and asked for it ends with "No such filter: 'libvmaf'".
 */
public final class FfmpegWithoutVmaf {

  private static final byte[] NAME = "\0libvmaf\0".getBytes(StandardCharsets.US_ASCII);
  private static final int PIECE = 1 << 20;

  private FfmpegWithoutVmaf() {}

  /** Makes it. */
  public static Path made(Path file) throws IOException {
    Files.copy(TestTools.tools().ffmpeg(), file, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel program =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer other = ByteBuffer.wrap("libnone".getBytes(StandardCharsets.US_ASCII));
      program.write(other, placeOfName(program) + 1);
    }
    return file;
  }

  private static long placeOfName(FileChannel program) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE);
    for (long at = 0; at < program.size(); at += PIECE - NAME.length) {
      piece.clear();
      program.read(piece, at);
      int found = find(piece.array(), piece.position());
      if (found >= 0) {
        return at + found;
      }
    }
    throw new IOException("this ffmpeg has no filter libvmaf");
  }

  private static int find(byte[] bytes, int length) {
    for (int at = 0; at <= length - NAME.length; at++) {
      if (java.util.Arrays.equals(bytes, at, at + NAME.length, NAME, 0, NAME.length)) {
        return at;
      }
    }
    return -1;
  }
}
