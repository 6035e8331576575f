package dev.reencodarr.activities.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All that a program prints: in memory while it is little, as it nearly always is, else in a file.
 * The file has no name, so that nothing of it stays when this process is killed, and a bound:
 * beyond it the latest bytes take the place of the ones in the middle.
 */
final class WholeOutput implements Closeable {

  /** Of every log that is kept: 10 MB. */
  static final Bounds USUAL = new Bounds(64 << 10, 2 << 20, 8 << 20);

  private final Path folder;
  private final Bounds bounds;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private @Nullable IOException refusal;
  private long total;

  /**
   * How many bytes are kept, at most.
   *
   * @param memory before there is a file; at most as many as {@code first}
   * @param first from the beginning
   * @param latest from the end
   */
  record Bounds(int memory, long first, long latest) {}

  /**
   * @param folder on whose disk a file may be made
   */
  WholeOutput(Path folder) {
    this(folder, USUAL);
  }

  WholeOutput(Path folder, Bounds bounds) {
    this.folder = folder;
    this.bounds = bounds;
  }

  /** Takes the next bytes. A disk that takes no more ends it; what came until then stays. */
  synchronized void accept(byte[] bytes, int length) {
    if (refusal != null) {
      return;
    }
    if (file == null && total + length <= bounds.memory()) {
      memory.write(bytes, 0, length);
      total += length;
      return;
    }
    try {
      if (file == null) {
        file = spilt();
      }
      append(file, bytes, length);
    } catch (IOException e) {
      refusal = e;
    }
  }

  private FileChannel spilt() throws IOException {
    // On Unix such a file loses its name as soon as it is open.
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".output-" + UUID.randomUUID()),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    try {
      write(channel, ByteBuffer.wrap(memory.toByteArray()), 0);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return channel;
  }

  private void append(FileChannel channel, byte[] bytes, int length) throws IOException {
    int from = 0;
    while (from < length) {
      long at = placeOf(total);
      long room = (at < bounds.first() ? bounds.first() : bounds.first() + bounds.latest()) - at;
      int next = (int) Math.min(room, length - from);
      write(channel, ByteBuffer.wrap(bytes, from, next), at);
      from += next;
      total += next;
    }
  }

  /** Where in the file a byte lies: the later ones go round and round. */
  private long placeOf(long number) {
    return number < bounds.first()
        ? number
        : bounds.first() + (number - bounds.first()) % bounds.latest();
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** What was kept, in order; where something is missing, a line says so. To be read only once. */
  synchronized InputStream read() {
    List<InputStream> parts =
        file == null
            ? List.of(new ByteArrayInputStream(memory.toByteArray()), lastWord())
            : List.of(slice(file, 0, Math.min(total, bounds.first())), rest(file), lastWord());
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  /** What would have been kept of an output that lies in a file. */
  static InputStream of(FileChannel file, Bounds bounds) throws IOException {
    long size = file.size();
    long missing = size - bounds.first() - bounds.latest();
    return missing <= 0
        ? slice(file, 0, size)
        : new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    slice(file, 0, bounds.first()),
                    leftOut(missing),
                    slice(file, size - bounds.latest(), size))));
  }

  private static InputStream leftOut(long bytes) {
    return line("\n… " + bytes + " bytes left out …\n");
  }

  private InputStream rest(FileChannel channel) {
    long begin = bounds.first();
    long end = begin + bounds.latest();
    if (total <= end) {
      return slice(channel, begin, Math.max(begin, total));
    }
    long oldest = placeOf(total);
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                leftOut(total - end), slice(channel, oldest, end), slice(channel, begin, oldest))));
  }

  private InputStream lastWord() {
    return line(refusal == null ? "" : "\n… the rest could not be kept: " + refusal + "\n");
  }

  private static InputStream line(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A part of the file. */
  private static InputStream slice(FileChannel channel, long from, long to) {
    return new InputStream() {
      private long position = from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, to - position);
        if (wanted == 0) {
          return length == 0 ? 0 : -1;
        }
        int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
        position += Math.max(0, read);
        return read;
      }
    };
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
