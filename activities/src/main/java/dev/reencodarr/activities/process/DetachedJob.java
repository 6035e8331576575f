package dev.reencodarr.activities.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that runs on when we are gone: in a session of its own, under a wrapper that writes its
 * process and its exit code into the job folder, where any later attempt finds them.
 */
public final class DetachedJob {

  /**
   * The one wrapper. It is started with the program and its arguments as arguments, so no shell
   * ever reads a path. {@code set -C} makes the second of two wrappers fail at the existing file.
   * That nobody takes the file of a wrapper that lives for a dead one's is the lock's to see to.
   */
  static final String WRAPPER =
      """
      set -C
      read -r boot </proc/sys/kernel/random/boot_id
      read -r stat </proc/$$/stat
      echo "$boot $stat" >pid || exit
      set +C
      "$@"
      echo $? >exit.tmp && mv exit.tmp exit
      """;

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Duration UNTIL_STARTED = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 10;

  private final JobFolder folder;

  private DetachedJob(JobFolder folder) {
    this.folder = folder;
  }

  /** The job of this folder, whether it runs, has ended or was never started. */
  public static DetachedJob in(JobFolder folder) {
    return new DetachedJob(folder);
  }

  /** Where a job stands. */
  public sealed interface State {

    /** It runs. */
    record Running() implements State {}

    /**
     * The program has ended by itself.
     *
     * @param exitCode as a shell gives it; 128 + signal where a signal ended it
     */
    record Ended(int exitCode, Instant at) implements State {

      /** The signal that ended it; 0 for none. */
      public int signal() {
        return Signals.behind(exitCode);
      }

      /** Whether the program could not be executed at all. */
      public boolean isUnfit() {
        return exitCode == 126 || exitCode == 127;
      }
    }

    /** It was never started here, or died with its machine or by force. */
    record NotRunning() implements State {}
  }

  /** Looks where the job stands. */
  public State state() throws IOException {
    if (isRunning()) {
      return new State.Running();
    }
    // The exit code is written before the wrapper goes, so it is looked for after it.
    Optional<State> ended = ended();
    return ended.orElseGet(State.NotRunning::new);
  }

  private Optional<State> ended() throws IOException {
    try {
      String code = Files.readString(folder.exit()).strip();
      Instant at = Files.getLastModifiedTime(folder.exit()).toInstant();
      return Optional.of(new State.Ended(Integer.parseInt(code), at));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Whether its wrapper lives: the same pid, started at the same time, since the same boot. */
  public boolean isRunning() throws IOException {
    Optional<ProcessStat> wrapper = wrapper();
    return wrapper.isPresent()
        && ProcessStat.of(wrapper.get().pid())
            .filter(now -> now.isSameProcess(wrapper.get()) && now.isAlive())
            .isPresent();
  }

  /** Whether the machine has been started anew since the job was. */
  public boolean isOfEarlierBoot() throws IOException {
    Optional<String> line = processLine();
    return line.isPresent() && !line.get().startsWith(bootId() + " ");
  }

  /** The wrapper as it was when it began; empty if there is none since this boot. */
  private Optional<ProcessStat> wrapper() throws IOException {
    String boot = bootId() + " ";
    return processLine()
        .filter(line -> line.startsWith(boot))
        .flatMap(line -> ProcessStat.parse(line.substring(boot.length())));
  }

  private Optional<String> processLine() throws IOException {
    try {
      String line = Files.readString(folder.process(), StandardCharsets.ISO_8859_1);
      // Without its end it is being written this very moment.
      return line.endsWith("\n") ? Optional.of(line) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String bootId() throws IOException {
    return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
  }

  /**
   * Starts the job in its folder unless it runs or has ended already; the caller holds the lock of
   * the folders. The record is on disk before anything is started.
   *
   * @param tools for the environment of the program
   * @param home as {@link BoundRunner}'s
   * @return whether it was started now
   * @throws ProgramNotStarted if the program or the wrapper is missing or not executable
   */
  public boolean start(
      List<String> command, ToolSet tools, Path home, JobRecord.Attempt attempt, Instant now)
      throws IOException, InterruptedException {
    if (!(state() instanceof State.NotRunning)) {
      return false;
    }
    Path program = Path.of(command.getFirst());
    if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
      throw new ProgramNotStarted(
          command.getFirst(), new IOException("no executable file is there"));
    }
    Files.createDirectories(folder.path());
    // What an earlier start left running beneath a wrapper that is dead.
    end(Duration.ZERO);
    folder.write(
        folder
            .record()
            .map(record -> record.startedAgain(command, attempt, now))
            .orElseGet(() -> JobRecord.started(command, attempt, now)));
    Files.deleteIfExists(folder.process());
    launch(command, ChildEnvironment.of(tools, home));
    return true;
  }

  private void launch(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    SystemPrograms.find("setsid").ifPresent(line::add);
    line.addAll(SystemPrograms.quietly());
    line.addAll(List.of("/bin/sh", "-c", WRAPPER, "job"));
    line.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.path().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      awaitWrapper(builder.start());
    } catch (ProgramNotStarted e) {
      throw e;
    } catch (IOException e) {
      throw new ProgramNotStarted(line.getFirst(), e);
    }
  }

  private void awaitWrapper(Process started) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + UNTIL_STARTED.toNanos();
    while (wrapper().isEmpty()) {
      boolean late = System.nanoTime() > deadline;
      if (late || (!started.isAlive() && started.exitValue() != 0 && wrapper().isEmpty())) {
        throw new IOException("the wrapper did not begin: " + folder.logExcerpt(300));
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Whether it is stopped where it stands, by {@link #freeze} or {@link #hold}. */
  public boolean isFrozen() throws IOException {
    return Files.exists(folder.frozen()) && isRunning();
  }

  /** Whether it is stopped by {@link #hold}: together with all heavy work of its machine. */
  public boolean isHeld() throws IOException {
    return Files.exists(folder.held()) && isFrozen();
  }

  /**
   * Stops it where it stands, with everything that it has started, until it is thawed, ended or its
   * machine is started anew. Does nothing where it does not run. One that was held stays frozen
   * when its machine is let go.
   */
  public void freeze(Instant now) throws IOException {
    stop(now);
    Files.deleteIfExists(folder.held());
  }

  /**
   * The same until {@link #letGo}, where it is not frozen already; of one that is held, it stops
   * what has escaped.
   */
  public void hold(Instant now) throws IOException {
    if (isFrozen() && !isHeld()) {
      return;
    }
    if (isRunning() && !Files.exists(folder.held())) {
      // First: a mark without the other says nothing, the other alone would be an operator's.
      Files.createFile(folder.held());
    }
    stop(now);
  }

  /** Lets it go on where {@link #hold} has stopped it, and touches no other. */
  public void letGo(Instant now) throws IOException {
    if (Files.exists(folder.held())) {
      thaw(now);
    }
  }

  private void stop(Instant now) throws IOException {
    Optional<ProcessTree> tree = tree();
    if (tree.isEmpty() || !isRunning()) {
      return;
    }
    if (!Files.exists(folder.frozen())) {
      Files.writeString(folder.frozen(), now.toString());
    }
    tree.get().stop();
  }

  /**
   * Stops what has escaped of one that is frozen, such as by a worker that was killed meanwhile.
   */
  public void stopAgain() throws IOException {
    Optional<ProcessTree> tree = tree();
    if (tree.isPresent() && isFrozen()) {
      tree.get().stop();
    }
  }

  /**
   * Lets it go on where {@link #freeze} or {@link #hold} has stopped it, and touches no other; the
   * time between does not count as running time.
   */
  public void thaw(Instant now) throws IOException {
    if (Files.exists(folder.frozen())) {
      Optional<Instant> since = frozenSince();
      Optional<JobRecord> record = folder.record();
      if (since.isPresent() && record.isPresent()) {
        folder.write(record.get().frozenFor(Duration.between(since.get(), now)));
      }
      Optional<ProcessTree> tree = tree();
      tree.ifPresent(ProcessTree::goOn);
      // Last: while the mark is there, whoever comes after a crash thaws it once more.
      Files.deleteIfExists(folder.frozen());
    }
    Files.deleteIfExists(folder.held());
  }

  private Optional<Instant> frozenSince() throws IOException {
    try {
      return Optional.of(Instant.parse(Files.readString(folder.frozen())));
    } catch (DateTimeParseException e) {
      // A full disk has kept the time from being written.
      return Optional.empty();
    }
  }

  /** CPU time that the job's living processes have used, in clock ticks; grows while it works. */
  public long cpuTicks() throws IOException {
    Optional<ProcessTree> tree = tree();
    return tree.map(ProcessTree::cpuTicks).orElse(0L);
  }

  /** Whether anything of it runs, or would if it had a processor. */
  public boolean wantsProcessor() throws IOException {
    Optional<ProcessTree> tree = tree();
    return tree.map(ProcessTree::wantsProcessor).orElse(false);
  }

  /**
   * Ends it with everything that it has started: SIGINT, and after the patience SIGKILL. Does
   * nothing where nothing of it runs.
   *
   * @throws IOException if something of it cannot be ended
   */
  public void end(Duration patience) throws IOException {
    Optional<ProcessTree> tree = tree();
    if (tree.isPresent() && !tree.get().end(patience)) {
      throw new IOException("something of job " + folder.name() + " cannot be ended");
    }
  }

  private Optional<ProcessTree> tree() throws IOException {
    // The wrapper leads the session; what works in the job folder is the job's, a process that was
    // given the same number later is not.
    return wrapper().map(it -> new ProcessTree(it.pid(), true, this::worksInFolder));
  }

  private boolean worksInFolder(ProcessStat process) {
    try {
      Path at = Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"));
      return at.startsWith(folder.path()) || at.toString().equals(folder.path() + " (deleted)");
    } catch (IOException e) {
      // It is gone, or another user's.
      return false;
    }
  }
}
