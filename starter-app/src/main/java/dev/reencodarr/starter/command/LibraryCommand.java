package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The libraries. */
@Command(
    name = "library",
    mixinStandardHelpOptions = true,
    description = "Adds, lists, removes, scans and checks libraries.")
final class LibraryCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(
          spec.commandLine(), "say what: add, list, remove, scan or check");
    }
  }
}
