package dev.reencodarr.activities.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A memory cgroup of its own, in which the kernel kills whoever wants more than its limit. */
public final class NarrowCgroup implements AutoCloseable {

  private static final Duration TO_EMPTY = Duration.ofSeconds(20);

  private final Path folder;

  private NarrowCgroup(Path folder) {
    this.folder = folder;
  }

  /** One that may take so many bytes; the test is aborted where none may be made. */
  public static NarrowCgroup of(long bytes) throws IOException {
    Optional<Path> made = made(bytes);
    assumeTrue(made.isPresent(), "no memory cgroup may be made here: not root, or none mounted");
    return new NarrowCgroup(made.get());
  }

  private static Optional<Path> made(long bytes) throws IOException {
    for (String[] version :
        new String[][] {
          {"/sys/fs/cgroup", "memory.max"}, {"/sys/fs/cgroup/memory", "memory.limit_in_bytes"}
        }) {
      Path cgroup = Path.of(version[0], "reencodarr-test-" + ProcessHandle.current().pid());
      try {
        Files.createDirectory(cgroup);
        Path limit = cgroup.resolve(version[1]);
        if (Files.exists(limit)) {
          Files.writeString(limit, Long.toString(bytes));
          return Optional.of(cgroup);
        }
        // A folder like any other: the hierarchy of this version is not mounted here.
        Files.delete(cgroup);
      } catch (IOException e) {
        // Not ours to make; the other version may be.
        Files.deleteIfExists(cgroup);
      }
    }
    return Optional.empty();
  }

  /** What stands in a script before the program that is to run in it. */
  public String entered() {
    return "echo $$ >'" + folder.resolve("cgroup.procs") + "'\n";
  }

  /** The kernel's count of it, as a worker sees that runs in it. */
  public OomKills kills(Path root) throws IOException {
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/cgroup"), "0::/narrow\n4:memory:/narrow\n");
    Files.createDirectories(root.resolve("sys/fs/cgroup/memory"));
    Files.createSymbolicLink(root.resolve("sys/fs/cgroup/narrow"), folder);
    Files.createSymbolicLink(root.resolve("sys/fs/cgroup/memory/narrow"), folder);
    return new OomKills(root);
  }

  /** Goes as soon as the last of its processes has. */
  @Override
  public void close() throws IOException {
    long deadline = System.nanoTime() + TO_EMPTY.toNanos();
    while (!isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("programs outlive the test in " + folder);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    Files.delete(folder);
  }

  private boolean isEmpty() throws IOException {
    return Files.readString(folder.resolve("cgroup.procs")).isBlank();
  }
}
