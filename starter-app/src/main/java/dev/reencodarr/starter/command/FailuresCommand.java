package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What failed, why, and what to do about it. */
@Command(
    name = "failures",
    mixinStandardHelpOptions = true,
    description = "Reports what failed and why; none of it needs Temporal.")
final class FailuresCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "say what: report, overview, critical, show or resolve");
    }
  }
}
