package dev.reencodarr.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Broken sources. */
@Command(
    name = "broken",
    mixinStandardHelpOptions = true,
    description =
        "Files that cannot be decoded from end to end: lists them, and gets other copies.")
final class BrokenCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "say what: list, redownload or restore");
    }
  }
}
