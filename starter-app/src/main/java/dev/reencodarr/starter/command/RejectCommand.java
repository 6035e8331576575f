package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.order.Answer;
import dev.reencodarr.activities.store.order.Reviews;
import dev.reencodarr.starter.view.Figures;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes results that nobody wants. */
@Command(
    name = "reject",
    mixinStandardHelpOptions = true,
    description =
        "Removes results that wait for a review; their files stay as they are until retry.")
final class RejectCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Mixin private ScopeChoice choice = new ScopeChoice();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, to be kept with the video.")
  private String reason = "";

  RejectCommand(Surroundings surroundings) {
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
        Answer answer = reviews.reject(video, reason);
        surroundings.sayRefusal(answer);
        counted += answer.counts() ? 1 : 0;
        refused += answer.counts() ? 0 : 1;
      }
    }
    surroundings
        .out()
        .println(
            Figures.count(counted, "result")
                + " rejected; their files stay as they are, until retry");
    return (refused > 0 ? ExitCode.FAILED : ExitCode.DONE).code();
  }
}
