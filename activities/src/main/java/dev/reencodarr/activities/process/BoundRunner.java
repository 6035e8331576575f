package dev.reencodarr.activities.process;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Runs programs that die with us, their whole tree, in the tightest way the machine allows. */
public final class BoundRunner implements ProgramRunner {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int STDERR_CHARACTERS = 8000;

  /** What a program that stands before ours says when it cannot start it. */
  private static final Pattern NOT_STARTED =
      Pattern.compile(
          "^(?:\\S*/)?(?:setsid|nice|ionice|setpriv|unshare|chrt): (?<why>.*)", Pattern.DOTALL);

  /**
   * What unshare says, with exit code 1, where SIGKILL has ended its child: it wants to die in the
   * same way, and fails to set the signal's action, which no process may.
   */
  private static final Pattern KILLED =
      Pattern.compile("(?:^|\\n)(?:\\S*/)?unshare: sigprocmask unblock failed[^\\n]*$");

  private final CpuPressure pressure = new CpuPressure();
  private final Map<String, String> environment;
  private final Containment containment;
  private final Containment ofFfprobe;
  private final String ffprobe;
  private final Duration patience;
  private final WorkPermit permit;

  /** One of a machine that nothing ever holds up. */
  public BoundRunner(ToolSet tools, Path home) {
    this(tools, home, WorkPermit.ALWAYS);
  }

  /**
   * @param tools whose folders make the PATH of children
   * @param home a private folder, made if missing; HOME and cache of children
   * @param permit whether heavy programs may run; else they are stopped where they stand, and the
   *     time does not count
   * @throws UncheckedIOException if the folder cannot be made
   */
  public BoundRunner(ToolSet tools, Path home, WorkPermit permit) {
    this(tools, home, Containment.tightest(), Containment.ofALoneProgram(), PATIENCE, permit);
  }

  BoundRunner(
      ToolSet tools,
      Path home,
      Containment containment,
      Containment ofFfprobe,
      Duration patience,
      WorkPermit permit) {
    this.permit = permit;
    try {
      this.environment = ChildEnvironment.of(tools, home);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.containment = containment;
    this.ofFfprobe = ofFfprobe;
    this.ffprobe = tools.ffprobe().toString();
    this.patience = patience;
  }

  @Override
  public ProgramEnd run(ProgramCall call, Runnable everySecond)
      throws ProgramNotStarted, InterruptedException {
    String program = call.arguments().getFirst();
    call.listener().begins(call.arguments());
    requireExecutable(program);
    long begin = System.nanoTime();
    long heldBefore = permit.heldNanos();
    boolean alone = program.equals(ffprobe);
    Containment contained = alone ? ofFfprobe : containment;
    RunningProgram running = start(call, program, contained);
    ProcessTree tree = new ProcessTree(running.pid(), contained.keeper());
    boolean ended = false;
    boolean timedOut;
    boolean starved;
    CpuPressure.Mark mark = pressure.mark();
    try {
      timedOut = !endsInTime(running, tree, call, everySecond);
      starved = timedOut && tree.wantsProcessor() && pressure.starves(mark, tree.cpuTicks());
      ended = !timedOut;
    } finally {
      if (!ended) {
        tree.end(patience);
      }
    }
    running.endsWithin(patience.toNanos());
    // A namespace has died with its first process, a lone program is all that there was: nothing
    // can be left, and to look for it through all processes of the machine is dear.
    if (!contained.keeper() && !alone) {
      tree.end(Duration.ZERO);
    }
    requireDrained(program, running);
    long held = call.quiet() ? permit.heldNanos() - heldBefore : 0;
    ProgramEnd last = end(program, running, timedOut, starved, begin + held);
    call.listener().ends(last);
    return last;
  }

  private static void requireExecutable(String program) throws ProgramNotStarted {
    Path file = Path.of(program);
    if (!file.isAbsolute() || !Files.isRegularFile(file) || !Files.isExecutable(file)) {
      throw new ProgramNotStarted(program, new IOException("no executable file is there"));
    }
  }

  private RunningProgram start(ProgramCall call, String program, Containment contained)
      throws ProgramNotStarted, InterruptedException {
    List<String> command = new ArrayList<>();
    if (call.quiet()) {
      command.addAll(SystemPrograms.quietly());
    }
    command.addAll(contained.prefix());
    command.addAll(call.arguments());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(call.folder().toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(call.environment());
    try {
      return RunningProgram.start(builder, call.stdoutLimit(), call.listener());
    } catch (IOException e) {
      throw new ProgramNotStarted(program, e);
    }
  }

  private boolean endsInTime(
      RunningProgram running, ProcessTree tree, ProgramCall call, Runnable everySecond)
      throws InterruptedException {
    long begin = System.nanoTime();
    long heldBefore = permit.heldNanos();
    boolean stopped = false;
    while (true) {
      boolean toBeStopped = call.quiet() && !permit.mayGoOn();
      if (toBeStopped) {
        // Each time: what it was about to start has escaped the last one.
        tree.stop();
      } else if (stopped) {
        tree.goOn();
      }
      stopped = toBeStopped;
      long held = call.quiet() ? permit.heldNanos() - heldBefore : 0;
      Duration left = call.limit().minus(Duration.ofNanos(System.nanoTime() - begin - held));
      if (!stopped && (left.isNegative() || left.isZero())) {
        return !running.isAlive();
      }
      boolean lastLook = !stopped && left.compareTo(Duration.ofSeconds(1)) < 0;
      if (running.endsWithin(lastLook ? left.toNanos() : TimeUnit.SECONDS.toNanos(1))) {
        return true;
      }
      everySecond.run();
    }
  }

  private static void requireDrained(String program, RunningProgram running)
      throws InterruptedException {
    if (!running.drained()) {
      throw Faults.of(
          EvidenceKind.STALLED,
          "what was started with a program does not end, though it was killed: " + program);
    }
  }

  /** In the words of what stands before the program, or of the loader that lacks a library. */
  private static String whyNotStarted(String stderr) {
    var refused = NOT_STARTED.matcher(stderr);
    return refused.find() ? refused.group("why") : stderr.isBlank() ? "it does not run" : stderr;
  }

  private ProgramEnd end(
      String program, RunningProgram running, boolean timedOut, boolean starved, long begin)
      throws ProgramNotStarted {
    int code = running.exitCode();
    String stderr = running.stderr(STDERR_CHARACTERS);
    if ((code == 126 || code == 127) && !timedOut) {
      throw new ProgramNotStarted(program, new IOException(whyNotStarted(stderr)));
    }
    var killed = KILLED.matcher(stderr);
    boolean isKilled = code == 1 && killed.find();
    int signal = isKilled ? Signals.KILL : Signals.behind(code);
    return new ProgramEnd(
        signal == 0 ? code : -1,
        signal,
        timedOut,
        running.stdout(),
        isKilled ? stderr.substring(0, killed.start()) : stderr,
        (System.nanoTime() - begin) / 1e9,
        starved);
  }
}
