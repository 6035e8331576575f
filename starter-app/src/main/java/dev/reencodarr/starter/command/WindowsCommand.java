package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The windows in which heavy work may run. */
@Command(
    name = "windows",
    mixinStandardHelpOptions = true,
    description = "Shows and sets at which times of the week heavy work may run.")
final class WindowsCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "say what: windows list, set or clear");
    }
  }
}
