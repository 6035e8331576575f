package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is kept of replaced files. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = "Lists the originals that are kept, and lets them go.")
final class QuarantineCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "say what: list or accept");
    }
  }
}
