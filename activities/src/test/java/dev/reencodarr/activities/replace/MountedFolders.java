package dev.reencodarr.activities.replace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real mounts, for as long as a test takes; what was mounted last goes first. */
public final class MountedFolders implements AutoCloseable {

  private final Deque<Path> mounted = new ArrayDeque<>();
  private final List<Process> servers = new ArrayList<>();

  /** Only root may mount, and not in every container. */
  public static void assumeRoot() throws IOException {
    assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
        .as("mounts need root")
        .isEqualTo(0);
  }

  /** A test says so if a program that it needs is not installed. */
  static void assumeInstalled(String program) {
    boolean found =
        List.of("/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/lib/openssh").stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    assumeThat(found).as(program + " is installed").isTrue();
  }

  public Path tmpfs(Path at, String size) throws IOException {
    return mount(at, "mount", "-t", "tmpfs", "-o", "size=" + size, "none", at.toString());
  }

  /** A file system in a file. */
  Path loop(Path at, Path image, long bytes, String... makeFileSystem) throws IOException {
    try (var file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    List<String> make = new ArrayList<>(List.of(makeFileSystem));
    make.add(image.toString());
    run(make.toArray(String[]::new));
    return mount(at, "mount", "-o", "loop", image.toString(), at.toString());
  }

  /** The command mounts something at the folder, which is made. */
  Path mount(Path at, String... command) throws IOException {
    Files.createDirectories(at);
    assumeThat(tried(command)).as(String.join(" ", command)).isEmpty();
    mounted.push(at);
    return at;
  }

  /** The file becomes a mount of itself: the kernel lets nobody take its name then. */
  void onItself(Path file) throws IOException {
    String mounting = tried("mount", "--bind", file.toString(), file.toString());
    assumeThat(mounting).as("a file can be mounted on itself").isEmpty();
    mounted.push(file);
  }

  /** What was mounted last is mounted no more. */
  void unmountLast() throws IOException {
    run("umount", mounted.pop().toString());
  }

  /** Leaves not a byte free on the file system that this new file lies on. */
  static void fill(Path filler) throws IOException {
    byte[] block = new byte[4096];
    try (var out =
        Files.newByteChannel(filler, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (true) {
        out.write(ByteBuffer.wrap(block));
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }

  void serve(String... command) throws IOException {
    servers.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  static void run(String... command) throws IOException {
    String failure = tried(command);
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
  }

  /** Empty if it went well, else what it said. */
  private static String tried(String... command) throws IOException {
    // a program that stays behind must not hold the pipe
    Path said = Files.createTempFile("said", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
      builder.environment().put("HOME", System.getProperty("java.io.tmpdir"));
      Process process = builder.start();
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "it hangs";
      }
      return process.exitValue() == 0
          ? ""
          : "exit code "
              + process.exitValue()
              + ": "
              + Files.readString(said, StandardCharsets.UTF_8);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(said);
    }
  }

  @Override
  public void close() throws IOException {
    List<String> failures = new ArrayList<>();
    while (!mounted.isEmpty()) {
      String failure = tried("umount", "-l", mounted.pop().toString());
      if (!failure.isEmpty()) {
        failures.add(failure);
      }
    }
    servers.forEach(Process::destroy);
    if (!failures.isEmpty()) {
      throw new IOException(String.join("; ", failures));
    }
  }
}
