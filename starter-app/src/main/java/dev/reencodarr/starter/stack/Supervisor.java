package dev.reencodarr.starter.stack;

import dev.reencodarr.activities.store.ConnectionSource;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.DatabaseServer;
import dev.reencodarr.activities.store.LocalStack;
import dev.reencodarr.starter.Home;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.tools.ToolPaths;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Starts the stack, starts again what dies, and stops it in order: the worker, what encodes still
 * run, Temporal, PostgreSQL.
 */
public final class Supervisor {

  static final String DATABASE = "reencodarr";
  private static final Duration WATCH_EVERY = Duration.ofMillis(500);
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(150);

  private final Home home;
  private final Path workerJar;
  private final ToolPaths tools;
  private final BooleanSupplier wanted;
  private final Consumer<String> say;
  private final RunFolder runFolder;
  private final CountDownLatch stopWanted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param workerJar the worker's executable jar
   * @param wanted asked again and again; it stops when the answer is no
   * @param say gets a line for each event
   */
  public Supervisor(
      Home home, Path workerJar, ToolPaths tools, BooleanSupplier wanted, Consumer<String> say) {
    this.home = home;
    this.workerJar = workerJar;
    this.tools = tools;
    this.wanted = wanted;
    this.say = say;
    this.runFolder = new RunFolder(home.run());
  }

  /**
   * Runs until it is told to stop by a signal, or is not wanted any more.
   *
   * @throws StackFailed if it could not be started, or another one runs
   */
  public void run() throws StackFailed, InterruptedException {
    requireHarmlessHome();
    Optional<RunFolder.Held> held = hold();
    if (held.isEmpty()) {
      throw new StackFailed(
          "the stack of "
              + home.folder()
              + " runs already"
              + runFolder.supervisor().map(first -> ", under pid " + first.pid()).orElse(""));
    }
    Thread onSignal = Thread.ofPlatform().unstarted(this::stopAndWait);
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      superviseAll();
      held.get().close();
    } catch (IOException e) {
      throw new StackFailed(runFolder.path() + " cannot be written: " + e.getMessage(), e);
    } finally {
      ended.countDown();
    }
  }

  private void superviseAll() throws StackFailed, InterruptedException, IOException {
    LocalStack.forget(home.folder());
    runFolder.keepEncodes(false);
    endLeftovers();
    try (Port database = Ports.take(PostgresServer.USUAL_PORT);
        Port temporal = Ports.take(TemporalServer.USUAL_PORT);
        Port ui = Ports.take(TemporalServer.USUAL_UI_PORT)) {
      supervise(
          postgres(database.number()),
          new TemporalServer(
              tools.temporal(), home.temporal(), log("temporal"), temporal.number(), ui.number()),
          new WorkerProgram(workerJar, home.folder(), home.run(), log("worker"), tools));
    }
  }

  private void supervise(PostgresServer postgres, TemporalServer temporal, WorkerProgram worker)
      throws StackFailed, InterruptedException, IOException {
    List<Watched> members =
        List.of(new Watched(postgres, say), new Watched(temporal, say), new Watched(worker, say));
    try {
      startServers(postgres, temporal);
      new LocalStack(temporal.address(), temporal.ui(), postgres.url(DATABASE))
          .write(home.folder());
      worker.start();
      writeMembers(members);
      say.accept("Temporal " + temporal.address() + ", its Web UI " + temporal.ui());
      watch(members);
    } finally {
      stopAll(postgres, temporal, worker);
    }
  }

  private PostgresServer postgres(int port) {
    return new PostgresServer(
        home.postgres(), LocalStack.databasePasswordFile(home.folder()), log("postgres"), port);
  }

  private void startServers(PostgresServer postgres, TemporalServer temporal)
      throws StackFailed, InterruptedException, IOException {
    say.accept("starting PostgreSQL and Temporal");
    postgres.start();
    writeProcesses(List.of(postgres));
    new DatabaseServer(postgres.maintenance()).createIfMissing(DATABASE);
    new Database(
            ConnectionSource.of(
                postgres.url(DATABASE), LocalStack.databasePasswordFile(home.folder())))
        .migrate();
    temporal.start();
    writeProcesses(List.of(postgres, temporal));
    try (TemporalNamespace namespace = TemporalNamespace.at(temporal.address())) {
      namespace.prepare();
    }
  }

  private void watch(List<Watched> members) throws InterruptedException, IOException {
    while (!stopWanted.await(WATCH_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      if (!wanted.getAsBoolean()) {
        say.accept("the command that this stack was started for has ended");
        return;
      }
      boolean changed = false;
      for (Watched member : members) {
        changed |= member.startAgainIfDead();
      }
      if (changed) {
        writeMembers(members);
      }
    }
  }

  private void stopAll(PostgresServer postgres, TemporalServer temporal, WorkerProgram worker)
      throws InterruptedException, IOException {
    say.accept("stopping the worker");
    worker.stop();
    if (!runFolder.keepsEncodes()) {
      new RunningEncodes(home.work()).endAll(say);
    }
    say.accept("stopping Temporal and PostgreSQL");
    temporal.stop();
    postgres.stop();
    LocalStack.forget(home.folder());
    runFolder.writeMembers(Map.of());
    say.accept("stopped");
  }

  /**
   * Processes of a supervisor that was killed: ended in order, encodes are left to be taken over.
   */
  private void endLeftovers() throws InterruptedException {
    Map<String, ProcessId> left = runFolder.members();
    for (String name : List.of("worker", "temporal")) {
      Optional<ProcessId> process = Optional.ofNullable(left.get(name)).filter(ProcessId::isAlive);
      if (process.isPresent()) {
        say.accept("ending the " + name + " of a stack that was killed");
        Endings.end(process.get(), Duration.ofSeconds(45));
      }
    }
    postgres(PostgresServer.USUAL_PORT).stop();
  }

  private void writeMembers(List<Watched> members) throws IOException {
    writeProcesses(members.stream().map(Watched::member).toList());
  }

  private void writeProcesses(List<? extends Member> members) throws IOException {
    Map<String, ProcessId> processes = new LinkedHashMap<>();
    for (Member member : members) {
      member.process().ifPresent(process -> processes.put(member.name(), process));
    }
    runFolder.writeMembers(processes);
  }

  private LogFile log(String name) {
    return new LogFile(home.logs().resolve(name + ".log"));
  }

  private Optional<RunFolder.Held> hold() throws StackFailed {
    try {
      return runFolder.hold();
    } catch (IOException e) {
      throw new StackFailed(runFolder.path() + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** PostgreSQL's own starter hands the path of the data to a shell, in double quotes. */
  private void requireHarmlessHome() throws StackFailed {
    if (home.folder().toString().matches("(?s).*[\"$`\\\\\\n'].*")) {
      throw new StackFailed(
          "REENCODARR_HOME must not hold quotes, $, backslashes or line breaks: " + home.folder());
    }
  }

  /** For the end of the JVM: it waits until everything is stopped, though not for ever. */
  private void stopAndWait() {
    stopWanted.countDown();
    try {
      ended.await(SHUTDOWN_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
