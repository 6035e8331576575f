package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Reviews;
import dev.reencodarr.starter.view.Figures;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lets results take the places of their sources. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    description = "Lets results that wait for a review replace their sources.")
final class ApproveCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  ApproveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay();
    int counted = 0;
    int refused = 0;
    try (Connections connections = Connections.of(surroundings)) {
      Reviews reviews = new Reviews(connections.temporal());
      for (Video video : HeldVideos.chosen(choice, connections, surroundings)) {
        Answer answer = reviews.approve(video);
        surroundings.sayRefusal(answer);
        counted += answer.counts() ? 1 : 0;
        refused += answer.counts() ? 0 : 1;
      }
    }
    surroundings
        .out()
        .println(
            Figures.count(counted, "result")
                + " approved; each is looked at once more and takes its place");
    return (refused > 0 ? ExitCode.FAILED : ExitCode.DONE).code();
  }
}
