package dev.reencodarr.starter.stack;

import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.process.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Temporal's dev server on a file, with its Web UI; reached from this machine alone. */
final class TemporalServer implements Member {

  static final int USUAL_PORT = 7233;
  static final int USUAL_UI_PORT = 8233;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  /** One partition keeps the order of a small installation exact; the commands hasten a cancel. */
  private static final List<String> DYNAMIC_CONFIG =
      List.of(
          "frontend.workerCommandsEnabled=true",
          "system.enableCancelActivityWorkerCommand=true",
          "matching.numTaskqueueReadPartitions=1",
          "matching.numTaskqueueWritePartitions=1");

  private final Path program;
  private final Path folder;
  private final LogFile log;
  private final int port;
  private final int uiPort;
  private @Nullable Process process;
  private @Nullable ProcessId id;

  TemporalServer(Path program, Path folder, LogFile log, int port, int uiPort) {
    this.program = program;
    this.folder = folder;
    this.log = log;
    this.port = port;
    this.uiPort = uiPort;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  String ui() {
    return "http://127.0.0.1:" + uiPort;
  }

  @Override
  public String name() {
    return "temporal";
  }

  @Override
  public void start() throws StackFailed, InterruptedException {
    try {
      Files.createDirectories(folder);
      log.turnOver();
      Process started = new Program(command(), Map.of()).startApart(folder, log.path());
      process = started;
      id = ProcessId.of(started.pid()).orElse(null);
      awaitAnswer(started);
    } catch (IOException e) {
      throw new StackFailed("Temporal could not be started: " + e.getMessage(), e);
    }
  }

  private List<String> command() {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--ui-port",
                Integer.toString(uiPort),
                "--namespace",
                TemporalNamespace.NAME,
                "--log-level",
                "warn",
                "--db-filename",
                folder.resolve("temporal.db").toString()));
    for (String value : DYNAMIC_CONFIG) {
      command.add("--dynamic-config-value");
      command.add(value);
    }
    return List.copyOf(command);
  }

  private void awaitAnswer(Process started) throws StackFailed, IOException, InterruptedException {
    try (TemporalNamespace namespace = TemporalNamespace.at(address())) {
      long deadline = System.nanoTime() + START_LIMIT.toNanos();
      while (!Ports.isListenedAtBy(port, started.pid())
          || !namespace.answers(Duration.ofSeconds(2))) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
          stop();
          throw new StackFailed(
              "Temporal did not come up; the end of " + log.path() + ":\n" + log.tail(8));
        }
        Thread.sleep(100);
      }
    }
  }

  @Override
  public Optional<ProcessId> process() {
    return Optional.ofNullable(id).filter(ProcessId::isAlive);
  }

  @Override
  public void stop() throws InterruptedException {
    Optional<ProcessId> running = process();
    if (running.isPresent()) {
      Endings.end(running.get(), STOP_LIMIT);
    }
    if (process != null) {
      process.waitFor();
    }
  }
}
