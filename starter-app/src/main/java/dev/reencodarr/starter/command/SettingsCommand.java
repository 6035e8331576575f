package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings. */
@Command(
    name = "settings",
    mixinStandardHelpOptions = true,
    description = "Shows the settings and where each comes from.")
final class SettingsCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "say what: settings show");
    }
  }
}
