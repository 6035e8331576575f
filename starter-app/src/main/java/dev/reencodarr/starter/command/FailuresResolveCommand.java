package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.FailureRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.workflows.failure.FailureStage;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says that failures are dealt with; nothing is run again. */
@Command(
    name = "resolve",
    mixinStandardHelpOptions = true,
    description = "Says that failures are dealt with; nothing is run again (that is: retry).")
final class FailuresResolveCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Numbers of failures.")
  private List<Long> ids = List.of();

  @Option(
      names = "--stage",
      paramLabel = "S",
      description = "All that are open in a stage: ${COMPLETION-CANDIDATES}.")
  private @Nullable FailureStage stage;

  @Option(names = "--all", description = "All that are open.")
  private boolean all;

  FailuresResolveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    int ways = (ids.isEmpty() ? 0 : 1) + (stage == null ? 0 : 1) + (all ? 1 : 0);
    if (ways != 1) {
      throw CommandFailed.usage("say which: ID…, --stage S or --all, one of them");
    }
    try (Connections connections = Connections.of(surroundings)) {
      int resolved = resolve(connections.database());
      surroundings.out().println(Figures.count(resolved, "failure") + " resolved");
    }
    return ExitCode.DONE.code();
  }

  private int resolve(Database database) throws CommandFailed {
    FailureRepository failures = new FailureRepository(database);
    if (stage != null) {
      return failures.resolveByHand(stage);
    }
    return all ? failures.resolveAllByHand() : resolveEach(failures);
  }

  /** None is resolved where one of them is a slip of the pen. */
  private int resolveEach(FailureRepository failures) throws CommandFailed {
    for (long id : ids) {
      if (failures.find(id).isEmpty()) {
        throw CommandFailed.usage("there is no failure " + id);
      }
    }
    int resolved = 0;
    for (long id : ids) {
      if (failures.resolveByHand(id)) {
        resolved++;
      } else {
        surroundings.say("failure " + id + " is resolved already");
      }
    }
    return resolved;
  }
}
