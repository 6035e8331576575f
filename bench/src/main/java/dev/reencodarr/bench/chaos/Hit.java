package dev.reencodarr.bench.chaos;

import dev.reencodarr.bench.figure.NoFigure;
import dev.reencodarr.bench.stack.Signal;
import dev.reencodarr.starter.process.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Does what a fault says, and takes away what lasts. */
final class Hit {

  private static final Duration FOR_A_TOOL = Duration.ofSeconds(8);
  private static final long LOOK_MILLIS = 10;

  private final Stack stack;
  private final Progress progress;
  private final List<Path> films;

  /**
   * @param films their paths, by place in the batch
   */
  Hit(Stack stack, Progress progress, List<Path> films) {
    this.stack = stack;
    this.progress = progress;
    this.films = films;
  }

  /** Waits for its moment, does it and waits until it is over; false if it hit nothing. */
  boolean at(Fault fault) throws NoFigure, IOException, InterruptedException {
    if (!progress.await(fault.moment())) {
      return false;
    }
    Thread.sleep(fault.moment().delayMillis());
    return make(fault);
  }

  private boolean make(Fault fault) throws NoFigure, IOException, InterruptedException {
    return switch (fault.kind()) {
      case KILL_WORKER -> kill(stack.processes().member("worker"));
      case KILL_AB_AV1 -> kill(tool("ab-av1"));
      case KILL_FFMPEG -> kill(tool("ffmpeg"));
      case KILL_TEMPORAL -> kill(stack.processes().member("temporal"));
      case KILL_POSTGRES -> kill(stack.processes().tree("postgres"));
      case KILL_BACKENDS -> kill(backends());
      case KILL_ALL -> killAll();
      case STOP_WORKER -> stop(stack.processes().member("worker"), fault);
      case STOP_TEMPORAL -> stop(stack.processes().member("temporal"), fault);
      case STOP_POSTGRES -> stop(stack.processes().tree("postgres"), fault);
      case STOP_TOOLS -> stop(tools(), fault);
      case CUT_TEMPORAL -> line(stack.temporal(), Line::cut, fault);
      case STALL_TEMPORAL -> line(stack.temporal(), Line::stall, fault);
      case CUT_DATABASE -> line(stack.database(), Line::cut, fault);
      case FILL_WORK, FILL_LIBRARY -> fill(fault);
      case RESTART -> restart();
      case CANCEL -> cancel(films.get(fault.moment().film()));
    };
  }

  private List<ProcessId> backends() {
    List<ProcessId> postmaster = stack.processes().member("postgres");
    return stack.processes().tree("postgres").stream()
        .filter(each -> !postmaster.contains(each))
        .toList();
  }

  private List<ProcessId> tools() throws IOException {
    List<ProcessId> tools = new ArrayList<>(stack.processes().tools("ab-av1"));
    tools.addAll(stack.processes().tools("ffmpeg"));
    return List.copyOf(tools);
  }

  /** The first one that is met: tools come and go. */
  private List<ProcessId> tool(String program) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + FOR_A_TOOL.toNanos();
    List<ProcessId> found = stack.processes().tools(program);
    while (found.isEmpty() && System.nanoTime() < deadline && !progress.isOver()) {
      Thread.sleep(LOOK_MILLIS);
      found = stack.processes().tools(program);
    }
    return found.stream().limit(1).toList();
  }

  private static boolean kill(List<ProcessId> processes) {
    processes.forEach(each -> each.handle().ifPresent(ProcessHandle::destroyForcibly));
    return !processes.isEmpty();
  }

  private boolean killAll() throws NoFigure, IOException, InterruptedException {
    stack.changing().lock();
    try {
      List<ProcessId> all = new ArrayList<>();
      stack.processes().supervisor().ifPresent(all::add);
      for (String member : List.of("worker", "temporal", "postgres")) {
        all.addAll(stack.processes().tree(member));
      }
      all.addAll(tools());
      boolean any = kill(all);
      stack.up();
      return any;
    } finally {
      stack.changing().unlock();
    }
  }

  private boolean restart() throws NoFigure, IOException, InterruptedException {
    stack.changing().lock();
    try {
      stack.insist("down");
      stack.up();
      return true;
    } finally {
      stack.changing().unlock();
    }
  }

  private static boolean stop(List<ProcessId> processes, Fault fault)
      throws IOException, InterruptedException {
    Signal.STOP.to(processes);
    try {
      Thread.sleep(Duration.ofSeconds(fault.seconds()));
    } finally {
      Signal.CONT.to(processes);
    }
    return !processes.isEmpty();
  }

  /** What is done to a line. */
  private interface Harm {
    void to(Line line);
  }

  private static boolean line(Line line, Harm harm, Fault fault) throws InterruptedException {
    harm.to(line);
    try {
      Thread.sleep(Duration.ofSeconds(fault.seconds()));
    } finally {
      line.mend();
    }
    return true;
  }

  private boolean fill(Fault fault) throws IOException, InterruptedException {
    SmallDisk disk = Objects.requireNonNull(stack.disks().get(fault.kind()));
    disk.fill();
    try {
      Thread.sleep(Duration.ofSeconds(fault.seconds()));
    } finally {
      disk.makeRoom();
    }
    return true;
  }

  private boolean cancel(Path film) throws NoFigure, IOException, InterruptedException {
    return stack.installation().tryTo("cancel", film.toString()).exitCode() == 0;
  }
}
