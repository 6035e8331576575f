package dev.reencodarr.starter.stack;

import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.process.Program;
import dev.reencodarr.starter.tools.ToolPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The worker of this machine. Encodes outlive it and are taken over by the next. */
final class WorkerProgram implements Member {

  /** Longer than the worker's own drain. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(45);

  /**
   * A worker waits for other programs for almost all of its life: what it runs now and then is not
   * worth the time of the optimising compiler, which the thresholds (ten times the usual ones)
   * leave to hashing and copying.
   */
  private static final List<String> JVM_FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=6000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000",
          "-Xmx512m");

  private final Path jar;
  private final Path home;
  private final Path runFolder;
  private final LogFile log;
  private final ToolPaths tools;
  private @Nullable Process process;
  private @Nullable ProcessId id;

  WorkerProgram(Path jar, Path home, Path runFolder, LogFile log, ToolPaths tools) {
    this.jar = jar;
    this.home = home;
    this.runFolder = runFolder;
    this.log = log;
    this.tools = tools;
  }

  @Override
  public String name() {
    return "worker";
  }

  @Override
  public void start() throws StackFailed {
    if (!Files.isRegularFile(jar)) {
      throw new StackFailed("the worker is not built: " + jar + " is missing");
    }
    try {
      log.turnOver();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(JVM_FLAGS);
      command.addAll(List.of("-jar", ownName().toString()));
      Program program =
          new Program(
              List.copyOf(command),
              Map.of(
                  "LC_ALL",
                  "C.UTF-8",
                  "REENCODARR_HOME",
                  home.toString(),
                  "REENCODARR_AB_AV1",
                  tools.abAv1().toString(),
                  "REENCODARR_FFMPEG",
                  tools.ffmpeg().toString(),
                  "REENCODARR_FFPROBE",
                  tools.ffprobe().toString()));
      Process started = program.startApart(home, log.path());
      process = started;
      id = ProcessId.of(started.pid()).orElse(null);
    } catch (IOException e) {
      throw new StackFailed("the worker could not be started: " + e.getMessage(), e);
    }
  }

  /**
   * A name of its own for the jar: a build replaces the file, which a running worker still reads.
   */
  private Path ownName() throws IOException {
    Path own = runFolder.resolve("worker.jar");
    Files.deleteIfExists(own);
    try {
      return Files.createLink(own, jar);
    } catch (IOException | UnsupportedOperationException e) {
      return Files.copy(jar, own);
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
