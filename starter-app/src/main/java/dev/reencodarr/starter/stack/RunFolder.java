package dev.reencodarr.starter.stack;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.workflows.temporal.Payloads;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder in which a running stack says who it is. */
public final class RunFolder {

  private static final ObjectMapper JSON = Payloads.mapper();

  private final Path folder;

  public RunFolder(Path folder) {
    this.folder = folder;
  }

  Path path() {
    return folder;
  }

  /** Held by the supervisor for as long as it lives; the kernel frees it when it dies. */
  public static final class Held implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;
    private final Path supervisor;

    private Held(FileChannel channel, FileLock lock, Path supervisor) {
      this.channel = channel;
      this.lock = lock;
      this.supervisor = supervisor;
    }

    @Override
    public void close() throws IOException {
      Files.deleteIfExists(supervisor);
      lock.release();
      channel.close();
    }
  }

  /** Becomes the supervisor of this home, unless there is one. */
  public Optional<Held> hold() throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    write("supervisor.json", ProcessId.ofThis());
    return Optional.of(new Held(channel, lock, folder.resolve("supervisor.json")));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process.
      return null;
    }
  }

  /** The living supervisor. */
  public Optional<ProcessId> supervisor() {
    return read("supervisor.json", new TypeReference<ProcessId>() {}).filter(ProcessId::isAlive);
  }

  /** Processes of the members, those of a supervisor that was killed among them. */
  public Map<String, ProcessId> members() {
    return read("members.json", new TypeReference<Map<String, ProcessId>>() {}).orElse(Map.of());
  }

  /** Whether a member of a stack that was killed still runs, or a worker that was started alone. */
  public boolean isAnybodyLeft() throws IOException {
    return members().values().stream().anyMatch(ProcessId::isAlive) || isWorkerThere();
  }

  /** Each worker holds a lock here for as long as it lives. */
  private boolean isWorkerThere() throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(folder, "worker-*.lock")) {
      for (Path file : locks) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          if (tryLock(channel) == null) {
            return true;
          }
        }
      }
    }
    return false;
  }

  void writeMembers(Map<String, ProcessId> members) throws IOException {
    write("members.json", members);
  }

  /** Asks the supervisor to leave encodes running when it stops. */
  void keepEncodes(boolean keep) throws IOException {
    Path wish = folder.resolve("keep-encodes");
    if (keep) {
      Files.writeString(wish, "");
    } else {
      Files.deleteIfExists(wish);
    }
  }

  boolean keepsEncodes() {
    return Files.exists(folder.resolve("keep-encodes"));
  }

  private <T> Optional<T> read(String name, TypeReference<T> type) {
    try {
      return Optional.of(JSON.readValue(folder.resolve(name).toFile(), type));
    } catch (IOException e) {
      // Not there, or of another make: as good as not there.
      return Optional.empty();
    }
  }

  private void write(String name, Object value) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(name + ".part");
    JSON.writeValue(part.toFile(), value);
    Files.move(
        part,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
