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
        surroundings.out().print(stored.map(RuleSetRepository.Stored::rules).orElse(""));
      } else if (format.isJson()) {
        RuleSetView view =
            stored.map(set -> RuleSetView.of(set, rules)).orElseGet(RuleSetView::ofNone);
        surroundings.out().println(Json.of(view));
      } else {
        surroundings.say(
            stored
                .map(RulesListCommand::origin)
                .orElse("no rules are set: the settings hold for every file"));
        print(rules);
      }
    }
    return ExitCode.DONE.code();
  }

  private static String origin(RuleSetRepository.Stored set) {
    return "rules %d, set on %s at %s"
        .formatted(set.id(), set.setOn(), Figures.minute(set.setAt()));
  }

  private void print(RuleSet rules) {
    Table table = new Table().text("profile").text("rule").text("when").text("sets");
    RuleSetView.rows(rules)
        .forEach(row -> table.row(row.profile(), row.name(), row.when(), row.sets()));
    if (!table.isEmpty()) {
      table.lines().forEach(surroundings.out()::println);
    }
  }
}
