package dev.reencodarr.bench.stack;

import dev.reencodarr.bench.figure.NoFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Runs a program and measures what it takes. One at a time: CPU is that of all our children. */
public final class TimedProgram {

  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Path folder;
  private final Map<String, String> environment;
  private final Set<Process> running = new HashSet<>();
  private boolean ended = false;

  /**
   * @param folder to run it in; its output lies there while it runs
   * @param environment added to ours
   */
  public TimedProgram(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Runs it to its end, whatever that is.
   *
   * @throws NoFigure if it does not end, or programs are run no more
   */
  public Ended run(List<String> command) throws IOException, InterruptedException, NoFigure {
    Path out = Files.createTempFile(folder, "typed-", ".out");
    Path err = Files.createTempFile(folder, "typed-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    double cpuBefore = CpuTime.ofOurChildren();
    long begin = System.nanoTime();
    Process process = started(builder);
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new NoFigure(String.join(" ", command) + " did not end within " + LIMIT);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      forget(process);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    double cpu = CpuTime.ofOurChildren() - cpuBefore;
    return new Ended(process.exitValue(), taken(out), taken(err), seconds, cpu);
  }

  private synchronized Process started(ProcessBuilder builder) throws IOException, NoFigure {
    if (ended) {
      throw new NoFigure("the benchmark was ended");
    }
    Process process = builder.start();
    running.add(process);
    return process;
  }

  private synchronized void forget(Process process) {
    running.remove(process);
  }

  /** Ends what runs and starts nothing any more. */
  void end() throws InterruptedException {
    for (Process process : lastOnes()) {
      process.destroy();
      process.waitFor();
    }
  }

  private synchronized Set<Process> lastOnes() {
    ended = true;
    return Set.copyOf(running);
  }

  private static String taken(Path output) throws IOException {
    String text = Files.readString(output);
    Files.delete(output);
    return text;
  }

  /**
   * Runs it, and it has to end well.
   *
   * @throws NoFigure if it does not
   */
  public Ended succeed(List<String> command) throws IOException, InterruptedException, NoFigure {
    Ended ended = run(command);
    if (ended.exitCode() != 0) {
      throw new NoFigure(
          "%s: exit code %d%n%s%s"
              .formatted(String.join(" ", command), ended.exitCode(), ended.out(), ended.err()));
    }
    return ended;
  }
}
