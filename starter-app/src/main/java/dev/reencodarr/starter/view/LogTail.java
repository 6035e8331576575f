package dev.reencodarr.starter.view;

import dev.reencodarr.activities.process.SecretMask;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log file, without secrets. */
public final class LogTail {

  /** Enough for any few lines; a log may have gigabytes. */
  private static final int BYTES = 64 * 1024;

  private LogTail() {}

  /** The last lines; none where the file cannot be read: its days are over. */
  public static List<String> of(Path log, int lines) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long from = Math.max(0, file.length() - BYTES);
      byte[] end = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(end);
      List<String> all =
          // Progress lines end with a carriage return.
          new String(end, StandardCharsets.UTF_8).replace('\r', '\n').lines().toList();
      List<String> whole = from > 0 && !all.isEmpty() ? all.subList(1, all.size()) : all;
      return whole.subList(Math.max(0, whole.size() - lines), whole.size()).stream()
          .map(SecretMask::of)
          .toList();
    } catch (IOException notHere) {
      return List.of();
    }
  }
}
