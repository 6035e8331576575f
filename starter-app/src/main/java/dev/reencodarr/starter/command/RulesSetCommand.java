package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.activities.store.rules.RuleDifferences;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.workflows.plan.rules.RuleSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts rules in force. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    description = {
      "Puts the rules of a file in force, on every machine; an empty file takes all rules away.",
      "Nothing is set where anything is wrong with them. Files that were decided before stay as"
          + " they are: rules diff says which would be decided otherwise."
    })
final class RulesSetCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1", paramLabel = "FILE", description = "YAML; - reads the standard input.")
  private String file = "";

  @Option(names = "--check", description = "Only say what is wrong with them; set nothing.")
  private boolean checkOnly;

  RulesSetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    RuleSet rules = RulesFile.read(file, surroundings.workingFolder()).rules();
    if (checkOnly) {
      surroundings.out().println(Figures.count(rules.count(), "rule") + ": nothing is wrong");
    } else {
      try (Connections connections = Connections.of(surroundings)) {
        set(connections, rules);
      }
    }
    return ExitCode.DONE.code();
  }

  private void set(Connections connections, RuleSet rules) throws CommandFailed {
    Database database = connections.database();
    long id =
        new RuleSetRepository(database).set(rules.text(), connections.settings().place().host());
    AtomicLong otherwise = new AtomicLong();
    new RuleDifferences(database)
        .find(
            connections.rules().over(rules),
            LibraryScope.all(),
            difference -> otherwise.incrementAndGet());
    surroundings
        .out()
        .println("rules %d are in force: %s".formatted(id, Figures.count(rules.count(), "rule")));
    if (otherwise.get() > 0) {
      surroundings.say(
          Figures.count(otherwise.get(), "video")
              + " would now be decided otherwise; ./reencodarr rules diff says which");
    }
  }
}
