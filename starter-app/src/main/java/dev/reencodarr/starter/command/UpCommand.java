package dev.reencodarr.starter.command;

import dev.reencodarr.starter.process.ProcessId;
import dev.reencodarr.starter.stack.StackControl;
import dev.reencodarr.starter.stack.StackState;
import dev.reencodarr.starter.stack.Supervisor;
import dev.reencodarr.starter.tools.ToolPaths;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the local stack. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the local stack: PostgreSQL, Temporal and a worker.")
final class UpCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--detach", description = "Return when it is ready; stop it with `down`.")
  private boolean detach;

  UpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    refuseSecond();
    if (detach) {
      StackState.Up up = Stack.startToStay(surroundings);
      surroundings.say("ready; Temporal's Web UI: " + up.addresses().temporalUi());
      return ExitCode.DONE.code();
    }
    ToolPaths tools = surroundings.installer().provide();
    new Supervisor(
            surroundings.home(), surroundings.workerJar(), tools, () -> true, surroundings::say)
        .run();
    return ExitCode.DONE.code();
  }

  private void refuseSecond() throws CommandFailed {
    Optional<ProcessId> first =
        switch (new StackControl(surroundings.home()).state()) {
          case StackState.Down down -> Optional.empty();
          case StackState.Starting starting -> Optional.of(starting.supervisor());
          case StackState.Up up -> Optional.of(up.supervisor());
        };
    if (first.isPresent()) {
      throw new CommandFailed(
          ExitCode.FAILED,
          "the stack of "
              + surroundings.home().folder()
              + " runs already, under pid "
              + first.get().pid());
    }
  }
}
