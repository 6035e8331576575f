package dev.reencodarr.starter.command;

import dev.reencodarr.starter.stack.RunningEncodes;
import dev.reencodarr.starter.stack.StackControl;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops the local stack. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops the local stack, and the encodes that run.")
final class DownCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--keep-encodes",
      description = "Leave encodes running; the next start takes them over.")
  private boolean keepEncodes;

  DownCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    RunningEncodes encodes = new RunningEncodes(surroundings.home().work());
    for (String running : encodes.describe()) {
      surroundings.say((keepEncodes ? "keeps running: " : "is lost and begins anew: ") + running);
    }
    boolean ran = new StackControl(surroundings.home()).stop(keepEncodes);
    surroundings.say(ran ? "stopped" : "nothing was running");
    return ExitCode.DONE.code();
  }
}
