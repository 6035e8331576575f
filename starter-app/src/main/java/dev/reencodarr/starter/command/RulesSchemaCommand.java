package dev.reencodarr.starter.command;

import dev.reencodarr.starter.view.RulesSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The schema of rules, for editors. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Prints the JSON Schema of a file of rules, for editors that complete and check.")
final class RulesSchemaCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  RulesSchemaCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    surroundings.out().println(RulesSchema.text());
    return ExitCode.DONE.code();
  }
}
