package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself; it does nothing without a command. */
@Command(
    name = "./reencodarr",
    mixinStandardHelpOptions = true,
    version = "reencodarr 0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    description = "Shrinks a media library to AV1 without visible loss.",
    footer = {
      "",
      "  test     set everything up, run every test",
      "",
      "Exit codes: 0 done, 1 the work failed, 2 bad usage, 3 the stack is not reachable."
    })
final class ReencodarrCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "say what to do");
    }
  }
}
