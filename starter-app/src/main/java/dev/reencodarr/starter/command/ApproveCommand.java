package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.order.Reviews;
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
    return HeldVideos.tell(
        choice,
        surroundings,
        Reviews::approve,
        "approved; each is looked at once more and takes its place");
  }
}
