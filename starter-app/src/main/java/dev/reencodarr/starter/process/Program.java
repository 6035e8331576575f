package dev.reencodarr.starter.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A program with its arguments, of which no shell reads any.
 *
 * @param arguments the program first
 * @param environment added to ours
 */
public record Program(List<String> arguments, Map<String, String> environment) {

  private static final int KEPT_LINES = 200;

  public Program(String... arguments) {
    this(List.of(arguments), Map.of());
  }

  public Program with(String variable, String value) {
    Map<String, String> more = new java.util.HashMap<>(environment);
    more.put(variable, value);
    return new Program(arguments, Map.copyOf(more));
  }

  /**
   * How a program ended.
   *
   * @param lines the last ones of its standard output and error
   */
  public record End(int exitCode, List<String> lines) {

    public boolean succeeded() {
      return exitCode == 0;
    }

    /** What it said, as one text. */
    public String output() {
      return String.join("\n", lines);
    }
  }

  /**
   * Runs it to its end.
   *
   * @param eachLine gets every line of its output as it comes
   * @throws IOException if it cannot be started
   * @throws TimeoutException if it was ended because the limit had passed
   */
  public End run(Duration limit, Consumer<String> eachLine)
      throws IOException, InterruptedException, TimeoutException {
    Process process =
        builder()
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    Deque<String> kept = new ArrayDeque<>();
    Thread reader = Thread.ofPlatform().daemon().start(() -> read(process, kept, eachLine));
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TimeoutException(
            arguments.getFirst() + " did not end within " + limit.toSeconds() + " s");
      }
      reader.join(Duration.ofSeconds(5));
    } finally {
      endTree(process);
    }
    synchronized (kept) {
      return new End(process.exitValue(), List.copyOf(kept));
    }
  }

  private static void read(Process process, Deque<String> kept, Consumer<String> eachLine) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (kept) {
          kept.addLast(line);
          if (kept.size() > KEPT_LINES) {
            kept.removeFirst();
          }
        }
        eachLine.accept(line);
      }
    } catch (IOException e) {
      // The stream of an ended process closes under us: there is nothing more to read.
      Thread.currentThread().interrupt();
    }
  }

  private static void endTree(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /**
   * Starts it in a session of its own, so that no Ctrl-C of a terminal reaches it and it outlives
   * us where that is wanted.
   *
   * @param log gets its output at its end
   */
  public Process startApart(Path folder, Path log) throws IOException {
    List<String> command = new ArrayList<>(List.of("setsid"));
    command.addAll(arguments);
    Files.createDirectories(log.toAbsolutePath().getParent());
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private ProcessBuilder builder() {
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().putAll(environment);
    return builder;
  }
}
