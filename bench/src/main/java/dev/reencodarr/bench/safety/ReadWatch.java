package dev.reencodarr.bench.safety;

import dev.reencodarr.bench.figure.NoFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Watches what a process, and each program that it starts from now on, reads, by strace. */
final class ReadWatch {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CALLS =
      "trace=read,pread64,readv,preadv,preadv2,copy_file_range,sendfile,splice";

  private final Process strace;
  private final Path log;

  private ReadWatch(Process strace, Path log) {
    this.strace = strace;
    this.log = log;
  }

  /** Whether this machine has strace. */
  static boolean isPossible() {
    return List.of("/usr/bin/strace", "/bin/strace").stream()
        .anyMatch(file -> Files.isExecutable(Path.of(file)));
  }

  /**
   * Begins.
   *
   * @throws NoFigure if the process cannot be watched
   */
  static ReadWatch on(long pid, Path log) throws IOException, InterruptedException, NoFigure {
    Process strace =
        new ProcessBuilder(
                "strace",
                "-q",
                "-f",
                "-y",
                "-s",
                "0",
                "-e",
                CALLS,
                "-o",
                log.toString(),
                "-p",
                Long.toString(pid))
            .redirectErrorStream(true)
            .redirectOutput(log.resolveSibling(log.getFileName() + ".said").toFile())
            .start();
    ReadWatch watch = new ReadWatch(strace, log);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isTraced(pid)) {
      if (!strace.isAlive() || System.nanoTime() > deadline) {
        strace.destroy();
        throw new NoFigure("strace cannot watch process " + pid);
      }
      Thread.sleep(50);
    }
    return watch;
  }

  private static boolean isTraced(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .anyMatch(line -> line.startsWith("TracerPid:") && !line.endsWith("\t0"));
  }

  /** Ends, and gives what was seen. */
  List<String> end() throws IOException, InterruptedException, NoFigure {
    strace.destroy();
    if (!strace.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      strace.destroyForcibly();
      throw new NoFigure("strace does not end");
    }
    return Files.readAllLines(log);
  }
}
