package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.RuleSetRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.RuleSetView;
import dev.reencodarr.starter.view.Table;
import dev.reencodarr.workflows.plan.rules.RuleSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The rules in force. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the rules in force, in the order in which they are asked.")
final class RulesListCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--text",
      description = "Prints the text that was set, to be changed and set again.")
  private boolean asText;

  @Mixin private FormatOption format = new FormatOption();

  RulesListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Optional<RuleSetRepository.Stored> stored =
          new RuleSetRepository(connections.database()).latest();
      RuleSet rules = connections.rules().current().rules();
      if (asText) {
        surroundings.out().print(rules.text());
      } else if (format.isJson()) {
        surroundings.out().println(Json.of(RuleSetView.of(stored, rules)));
      } else {
        print(stored, rules);
      }
    }
    return ExitCode.DONE.code();
  }

  private void print(Optional<RuleSetRepository.Stored> stored, RuleSet rules) {
    stored.ifPresentOrElse(
        set ->
            surroundings.say(
                "rules %d, set on %s at %s"
                    .formatted(set.id(), set.setOn(), Figures.minute(set.setAt()))),
        () -> surroundings.say("no rules are set: the settings hold for every file"));
    Table table = new Table().text("profile").text("rule").text("when").text("sets");
    RuleSetView.rows(rules)
        .forEach(row -> table.row(row.profile(), row.name(), row.when(), row.sets()));
    if (!table.isEmpty()) {
      table.lines().forEach(surroundings.out()::println);
    }
  }
}
