package dev.reencodarr.activities.sync.webhook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file of events: written by one process at its end, read when nobody writes it any more. */
final class SpoolFile implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SpoolFile.class);
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

  private final Path path;
  private final FileChannel channel;

  private SpoolFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** A new one, for its user alone. */
  static SpoolFile create(Path path) throws IOException {
    return new SpoolFile(
        path,
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(OWN)));
  }

  Path path() {
    return path;
  }

  /** Returns when the lines are on disk. */
  void append(ByteBuffer lines) throws IOException {
    while (lines.hasRemaining()) {
      channel.write(lines);
    }
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * The events of a file, in order and each once. A last line that was not written to its end was
   * not answered for: it is left out.
   */
  static Set<SpooledEvent> read(Path path) throws IOException {
    Set<SpooledEvent> events = new LinkedHashSet<>();
    int leftOut = 0;
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.lines().toList()) {
      Optional<SpooledEvent> event = EventLine.read(line);
      event.ifPresent(events::add);
      leftOut += event.isEmpty() ? 1 : 0;
    }
    if (leftOut > 0) {
      log.warn("{} lines of {} are damaged and were left out", leftOut, path);
    }
    return events;
  }
}
