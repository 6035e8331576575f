package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Redownloading;
import dev.reencodarr.starter.view.Figures;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Has Sonarr or Radarr get other copies of broken files. */
@Command(
    name = "redownload",
    mixinStandardHelpOptions = true,
    description = {
      "Has Sonarr or Radarr get another copy of a broken file: its release is marked as failed,",
      "another one is searched for, and the broken file is kept until the other one is there."
    })
final class BrokenRedownloadCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "VIDEO", description = "Ids or paths of files.")
  private List<String> typed = List.of();

  BrokenRedownloadCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Redownloading redownloading = new Redownloading(connections.database());
      List<Answer> answers =
          new VideoLookup(connections.database(), surroundings.workingFolder())
              .requireAll(typed).stream().map(redownloading::order).toList();
      answers.forEach(surroundings::sayRefusal);
      long ordered = answers.stream().filter(Answer::counts).count();
      surroundings
          .out()
          .println(
              "another copy of "
                  + Figures.count(ordered, "file")
                  + " ordered; ./reencodarr broken list shows what comes of it");
      return (ordered == answers.size() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }
}
