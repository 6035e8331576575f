package dev.reencodarr.starter.stack;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A log that programs append to; the one before is kept as {@code NAME.1}. */
record LogFile(Path path) {

  private static final long LARGEST = 16L << 20;
  private static final int TAIL_BYTES = 8192;

  /** Begins a new file where the old one has become large; only while nobody writes it. */
  void turnOver() throws IOException {
    Files.createDirectories(path.getParent());
    if (Files.exists(path) && Files.size(path) > LARGEST) {
      Files.move(
          path,
          path.resolveSibling(path.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The last lines; empty where there are none. */
  List<String> lastLines(int count) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] bytes = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException e) {
      return List.of();
    }
  }

  /** The last lines indented, for the end of a message. */
  String tail(int count) {
    return String.join("\n", lastLines(count)).indent(4).stripTrailing();
  }
}
