package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The media servers at which people watch. */
@Command(
    name = "watching",
    mixinStandardHelpOptions = true,
    description = {
      "Media servers: while somebody watches there, heavy work is held;",
      "and they are told of what was replaced."
    })
final class WatchingCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "say what: watching add, list or remove");
    }
  }
}
