package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Redownloading;
import dev.reencodarr.starter.view.Printable;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts broken files back that were set aside. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Puts a broken file back to its place that is kept while another copy is got.")
final class BrokenRestoreCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(arity = "1..*", paramLabel = "VIDEO", description = "Ids or paths of files.")
  private List<String> typed = List.of();

  BrokenRestoreCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    try (Connections connections = Connections.of(surroundings)) {
      Redownloading redownloading = new Redownloading(connections.database());
      int refused = 0;
      for (Video video :
          new VideoLookup(connections.database(), surroundings.workingFolder()).requireAll(typed)) {
        Answer answer = redownloading.putBack(video, connections.temporal());
        surroundings.sayRefusal(answer);
        if (answer.counts()) {
          surroundings.out().println(Printable.of(video.path().value()) + " is being put back");
        } else {
          refused++;
        }
      }
      return (refused == 0 ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }
}
