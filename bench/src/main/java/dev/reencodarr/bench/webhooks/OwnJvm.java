package dev.reencodarr.bench.webhooks;

import dev.reencodarr.bench.figure.NoFigure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A part of this benchmark in a process of its own; ended with it. */
final class OwnJvm implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;
  private final Thread onSignal;

  /**
   * @param log gets what it says of failures
   */
  OwnJvm(Class<?> program, Path log, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    out = process.inputReader(StandardCharsets.UTF_8);
    onSignal = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onSignal);
  }

  /** The next line that it prints. */
  String line() throws IOException, NoFigure {
    String line = out.readLine();
    if (line == null) {
      throw new NoFigure("a process of the benchmark has ended early");
    }
    return line;
  }

  /** Waits for its good end. */
  void awaitEnd() throws InterruptedException, NoFigure {
    if (process.waitFor() != 0) {
      throw new NoFigure("a process of the benchmark has failed");
    }
  }

  @Override
  public void close() {
    process.destroy();
    Runtime.getRuntime().removeShutdownHook(onSignal);
  }
}
