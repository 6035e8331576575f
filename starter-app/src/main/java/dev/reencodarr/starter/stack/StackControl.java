package dev.reencodarr.starter.stack;

import dev.reencodarr.activities.store.LocalStack;
import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.process.Program;
import dev.reencodarr.starter.tools.ToolPaths;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Starts the local stack apart from this process, and stops it. */
public final class StackControl {

  private static final Duration SERVERS_LIMIT = Duration.ofMinutes(2);
  private static final Duration WORKER_LIMIT = Duration.ofSeconds(90);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(160);

  private final Home home;
  private final RunFolder runFolder;

  public StackControl(Home home) {
    this.home = home;
    this.runFolder = new RunFolder(home.run());
  }

  public StackState state() {
    Optional<ProcessId> supervisor = runFolder.supervisor();
    if (supervisor.isEmpty()) {
      return new StackState.Down();
    }
    return LocalStack.read(home.folder())
        .<StackState>map(addresses -> new StackState.Up(supervisor.get(), addresses))
        .orElseGet(() -> new StackState.Starting(supervisor.get()));
  }

  /**
   * Starts a supervisor in a session of its own, unless one runs, and waits for its servers. It
   * runs until it is told to stop.
   */
  public StackState.Up startApart(ToolPaths tools) throws StackFailed, InterruptedException {
    return startApart(tools, List.of());
  }

  /**
   * The same for as long as a process lives.
   *
   * @param client the process on whose behalf it runs
   */
  public StackState.Up startApart(ToolPaths tools, ProcessId client)
      throws StackFailed, InterruptedException {
    return startApart(tools, List.of("--client", Long.toString(client.pid())));
  }

  private StackState.Up startApart(ToolPaths tools, List<String> forHowLong)
      throws StackFailed, InterruptedException {
    LogFile log = new LogFile(home.logs().resolve("stack.log"));
    long deadline = System.nanoTime() + SERVERS_LIMIT.toNanos();
    Optional<Process> started = Optional.empty();
    if (state() instanceof StackState.Down) {
      started = Optional.of(launch(tools, forHowLong, log));
    }
    while (true) {
      if (state() instanceof StackState.Up up) {
        return up;
      }
      boolean gone = started.map(process -> !process.isAlive()).orElse(false);
      if (gone || System.nanoTime() > deadline) {
        throw new StackFailed(
            "the stack did not come up; the end of " + log.path() + ":\n" + log.tail(12));
      }
      Thread.sleep(50);
    }
  }

  /**
   * Waits until the worker has reported itself.
   *
   * @param reported asked again and again
   */
  public void awaitWorker(BooleanSupplier reported) throws StackFailed, InterruptedException {
    long deadline = System.nanoTime() + WORKER_LIMIT.toNanos();
    while (!reported.getAsBoolean()) {
      boolean gone = !(state() instanceof StackState.Up);
      if (gone || System.nanoTime() > deadline) {
        LogFile log = new LogFile(home.logs().resolve("worker.log"));
        throw new StackFailed(
            "the worker does not report itself; the end of " + log.path() + ":\n" + log.tail(15));
      }
      Thread.sleep(100);
    }
  }

  private Process launch(ToolPaths tools, List<String> forHowLong, LogFile log) throws StackFailed {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.reencodarr.starter.Main",
            "supervise",
            "--ab-av1",
            tools.abAv1().toString(),
            "--ffmpeg",
            tools.ffmpeg().toString(),
            "--ffprobe",
            tools.ffprobe().toString(),
            "--temporal",
            tools.temporal().toString()));
    command.addAll(forHowLong);
    try {
      Files.createDirectories(home.folder());
      log.turnOver();
      return new Program(List.copyOf(command), Map.of("REENCODARR_HOME", home.folder().toString()))
          .startApart(home.folder(), log.path());
    } catch (IOException e) {
      throw new StackFailed("the stack could not be started: " + e.getMessage(), e);
    }
  }

  /**
   * Stops what runs and waits for its end.
   *
   * @param keepEncodes leave encodes running, to be taken over by the next start
   * @return false if nothing ran
   */
  public boolean stop(boolean keepEncodes) throws StackFailed, InterruptedException {
    Optional<ProcessId> supervisor = runFolder.supervisor();
    if (supervisor.isEmpty()) {
      return false;
    }
    try {
      runFolder.keepEncodes(keepEncodes);
    } catch (IOException e) {
      throw new StackFailed(home.run() + " cannot be written: " + e.getMessage(), e);
    }
    supervisor.get().handle().ifPresent(ProcessHandle::destroy);
    if (!supervisor.get().awaitEnd(STOP_LIMIT)) {
      throw new StackFailed(
          "the stack is still stopping after "
              + STOP_LIMIT.toSeconds()
              + " s (pid "
              + supervisor.get().pid()
              + "); see "
              + home.logs().resolve("stack.log"));
    }
    return true;
  }
}
