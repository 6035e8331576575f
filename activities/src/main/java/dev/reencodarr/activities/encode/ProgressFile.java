package dev.reencodarr.activities.encode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The growing file into which ffmpeg writes a block of {@code key=value} lines every second. Each
 * look reads only what is new.
 */
final class ProgressFile {

  private static final int CHUNK = 64 * 1024;

  private final Path file;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Map<String, String> block = new HashMap<>();
  private ProgressBlock latest = ProgressBlock.NONE;
  private long offset;

  ProgressFile(Path file) {
    this.file = file;
  }

  /** The latest complete block; {@link ProgressBlock#NONE} before the first. */
  ProgressBlock latest() throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      channel.position(offset);
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      while (channel.read(buffer) > 0) {
        offset += buffer.position();
        accept(buffer.array(), buffer.position());
        buffer.clear();
      }
    } catch (NoSuchFileException e) {
      // ffmpeg has not begun.
      return latest;
    }
    return latest;
  }

  private void accept(byte[] bytes, int length) {
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        endLine(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else {
        line.write(bytes[i]);
      }
    }
  }

  private void endLine(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      return;
    }
    String key = text.substring(0, equals).strip();
    block.put(key, text.substring(equals + 1).strip());
    // This line is the last of each block.
    if (key.equals("progress")) {
      latest = ProgressBlock.of(block);
      block.clear();
    }
  }
}
