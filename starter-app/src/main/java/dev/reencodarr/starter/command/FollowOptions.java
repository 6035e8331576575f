package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.order.Orders;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.workflows.plan.Wishes;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far an order that is placed with the running stack is followed. */
final class FollowOptions {

  @Option(names = "--wait", description = "Show the progress until it is done.")
  private boolean wait;

  @Option(names = "--dry-run", description = "Only say what would happen, and why.")
  private boolean dryRun;

  @Mixin private FormatOption format = new FormatOption();

  /** Orders it, and follows it where that is wanted; what would happen is always waited for. */
  ExitCode order(
      Surroundings surroundings, Connections connections, List<Orders.Scope> scopes, Wishes wishes)
      throws CommandFailed, InterruptedException {
    if (wait || dryRun) {
      return new Job(surroundings, connections).run(scopes, wishes, dryRun, format.isJson());
    }
    int orders =
        new Orders(connections.database(), connections.temporal())
            .place(scopes, wishes, false)
            .size();
    surroundings.say(
        Figures.count(orders, "order")
            + " placed; follow with: ./reencodarr videos, ./reencodarr status");
    return ExitCode.DONE;
  }
}
