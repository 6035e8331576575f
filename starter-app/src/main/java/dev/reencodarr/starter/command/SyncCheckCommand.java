package dev.reencodarr.starter.command;

import dev.reencodarr.starter.view.CheckText;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.workflows.sync.ConnectionCheck;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Looks at a connection once more. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Looks at a connection: does it answer, do we see its files, what will hurt.")
final class SyncCheckCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1", paramLabel = "NAME", description = "As sync list shows it.")
  private String name = "";

  @Mixin private FormatOption format = new FormatOption();

  SyncCheckCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      ConnectionCheck check =
          new SyncCall(connections.temporal())
              .check(ConnectionLookup.require(connections.database(), name));
      if (format.isJson()) {
        surroundings.out().println(Json.of(check));
      } else {
        CheckText.lines(check).forEach(surroundings.out()::println);
      }
      return (check.isFit() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }
}
