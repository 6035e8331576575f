package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Connections to Sonarr and Radarr. */
@Command(
    name = "sync",
    mixinStandardHelpOptions = true,
    description = {
      "Connections to Sonarr and Radarr: what they manage is known and begun here,",
      "and they are told of what was replaced."
    })
final class SyncCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "say what: sync add, list, run, status, check, key or remove");
    }
  }
}
