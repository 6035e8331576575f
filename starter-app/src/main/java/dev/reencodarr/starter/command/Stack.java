package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.SettingsFile;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.stack.StackControl;
import dev.reencodarr.starter.stack.StackFailed;
import dev.reencodarr.starter.stack.StackState;
import dev.reencodarr.starter.tools.InstallationFailed;
import dev.reencodarr.starter.tools.ToolPaths;
import java.time.Duration;
import java.time.Instant;
import org.springframework.dao.DataAccessException;

/** The stack that a command works with; what was started for the command is stopped with it. */
final class Stack implements AutoCloseable {

  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Surroundings surroundings;
  private final StackControl control;
  private final boolean ours;
  private boolean open = true;

  private Stack(Surroundings surroundings, StackControl control, boolean ours) {
    this.surroundings = surroundings;
    this.control = control;
    this.ours = ours;
  }

  /** Uses what runs, or starts it for the time of this command; returns when a worker is ready. */
  static Stack borrow(Surroundings surroundings)
      throws InstallationFailed, StackFailed, CommandFailed, InterruptedException {
    StackControl control = new StackControl(surroundings.home());
    if (!(control.state() instanceof StackState.Down) || isElsewhere(surroundings)) {
      Stack stack = new Stack(surroundings, control, false);
      stack.awaitWorker(Instant.EPOCH);
      return stack;
    }
    ToolPaths tools = surroundings.installer().provide();
    surroundings.say("starting the stack (logs: " + surroundings.home().logs() + ")");
    Stack stack = new Stack(surroundings, control, true);
    Thread onSignal = Thread.ofPlatform().unstarted(stack::stopOnSignal);
    Runtime.getRuntime().addShutdownHook(onSignal);
    Instant begun = Instant.now();
    control.startApart(tools, ProcessId.ofThis());
    stack.awaitWorker(begun);
    return stack;
  }

  /** Starts it to stay, and returns when a worker is ready. */
  static StackState.Up startToStay(Surroundings surroundings)
      throws InstallationFailed, StackFailed, CommandFailed, InterruptedException {
    ToolPaths tools = surroundings.installer().provide();
    StackControl control = new StackControl(surroundings.home());
    Instant begun = Instant.now();
    try {
      StackState.Up up = control.startApart(tools);
      new Stack(surroundings, control, false).awaitWorker(begun);
      return up;
    } catch (StackFailed e) {
      // Half a stack is of no use to anybody, and in the way of the next start.
      control.stop(true);
      throw e;
    }
  }

  /** Whether the settings name servers that are none of ours to start. */
  private static boolean isElsewhere(Surroundings surroundings) {
    return SettingsFile.read(surroundings.home().folder(), surroundings.environment())
        .values()
        .stream()
        .filter(value -> value.key().key().equals("temporal_address"))
        .anyMatch(value -> !value.text().isBlank() && !value.origin().equals("run/stack.json"));
  }

  private void awaitWorker(Instant startedAfter)
      throws CommandFailed, StackFailed, InterruptedException {
    try (Connections connections = Connections.of(surroundings)) {
      WorkerRepository workers = new WorkerRepository(connections.database());
      control.awaitWorker(() -> isReady(workers, startedAfter));
    }
  }

  private static boolean isReady(WorkerRepository workers, Instant startedAfter) {
    try {
      return workers.living(FRESH).stream()
          .anyMatch(worker -> worker.startedAt().isAfter(startedAfter));
    } catch (DataAccessException e) {
      // The database is on its way up, or its tables are.
      return false;
    }
  }

  /** Whether it is stopped at the end of the command. */
  boolean isOurs() {
    return ours;
  }

  private void stopOnSignal() {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    surroundings.say("");
    surroundings.say("stopping; encodes that run are ended and begin anew at the next start");
    stopControl();
  }

  private void stopControl() {
    try {
      control.stop(false);
    } catch (StackFailed e) {
      surroundings.say("reencodarr: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    if (ours) {
      surroundings.say("stopping the stack");
      stopControl();
    }
  }
}
