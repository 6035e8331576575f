package dev.reencodarr.activities.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The private folder of one detached job. It holds the record of the job, its process, its log, its
 * exit code, and whatever the program reads and writes.
 */
public final class JobFolder {

  private static final ObjectMapper JSON = Payloads.mapper();
  private static final int LOG_HEAD = 64 * 1024;
  private static final int LOG_TAIL = 256 * 1024;

  private final Path path;

  JobFolder(Path path) {
    this.path = path;
  }

  /** The name of the job. */
  public String name() {
    return path.getFileName().toString();
  }

  public Path path() {
    return path;
  }

  /** A file of the program's own. */
  public Path file(String name) {
    return path.resolve(name);
  }

  /** Everything that the program wrote to its standard output and error. */
  public Path log() {
    return path.resolve("log");
  }

  /** Written by the wrapper, in one piece, when the program has ended. */
  Path exit() {
    return path.resolve("exit");
  }

  /** Written by the wrapper before the program starts; its existence forbids a second one. */
  Path process() {
    return path.resolve("pid");
  }

  /** Written before the job is frozen, holds when; its existence says that it is to stay so. */
  Path frozen() {
    return path.resolve("frozen");
  }

  /** Its existence says that the job is frozen for its machine's sake, and until that is let go. */
  Path held() {
    return path.resolve("held");
  }

  private Path recordFile() {
    return path.resolve("job.json");
  }

  public boolean exists() {
    return Files.isDirectory(path);
  }

  /** What is known of the job; empty where none was ever to be started here. */
  public Optional<JobRecord> record() throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(recordFile()), JobRecord.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Writes the record so that a crash leaves the old or the new one, whole. */
  public void write(JobRecord record) throws IOException {
    Path temporary = path.resolve("job.json.tmp");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(record));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(
        temporary,
        recordFile(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /**
   * Lines from the beginning and the end of the log.
   *
   * @param characters at most about so many
   */
  public String logExcerpt(int characters) throws IOException {
    if (!Files.exists(log())) {
      return "";
    }
    OutputLines lines = new OutputLines();
    try (SeekableByteChannel channel = Files.newByteChannel(log())) {
      feed(channel, LOG_HEAD, lines);
      if (channel.size() - channel.position() > LOG_TAIL) {
        channel.position(channel.size() - LOG_TAIL);
      }
      feed(channel, LOG_TAIL, lines);
    }
    return lines.excerpt(characters);
  }

  private static void feed(SeekableByteChannel channel, int most, OutputLines lines)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(most);
    int read = channel.read(buffer);
    while (read > 0) {
      read = channel.read(buffer);
    }
    lines.accept(buffer.array(), buffer.position());
  }

  /** Removes the folder with everything in it; links in it are removed, not followed. */
  public void remove() throws IOException {
    if (exists()) {
      Files.walkFileTree(path, new Removal(kept -> false));
    }
  }

  /** Removes what an earlier start has left; how often the job was started stays known. */
  public void removeAllButRecord() throws IOException {
    if (exists()) {
      Files.walkFileTree(path, new Removal(file -> file.equals(recordFile()) || file.equals(path)));
    }
  }

  /** Removes a tree, except what is kept. */
  private static final class Removal extends SimpleFileVisitor<Path> {
    private final Predicate<Path> kept;

    private Removal(Predicate<Path> kept) {
      this.kept = kept;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      remove(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      remove(folder);
      return FileVisitResult.CONTINUE;
    }

    private void remove(Path file) throws IOException {
      if (!kept.test(file)) {
        Files.deleteIfExists(file);
      }
    }
  }
}
