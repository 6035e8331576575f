package dev.reencodarr.starter.command;

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
    return HeldVideos.tell(
        choice,
        surroundings,
        (reviews, video) -> reviews.reject(video, reason),
        "rejected; their files stay as they are, until retry");
  }
}
