package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LibraryScope;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.order.Retrying;
import dev.reencodarr.activities.store.rules.RuleDifferences;
import dev.reencodarr.activities.store.rules.RuleDifferences.Difference;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Json;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.starter.view.RulesDiffView;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.rules.VideoRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which videos are now decided otherwise than when rules were last asked. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Says which videos the rules in force, or those of FILE, and the settings of this machine"
          + " would now decide otherwise than when they were last asked.",
      "Nothing is started again, unless --apply says so."
    })
final class RulesDiffCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Rules that are not in force yet; - reads the standard input.")
  private @Nullable String file;

  @Option(names = "--library", description = "Only videos of this library.")
  private @Nullable String library;

  @Option(
      names = "--apply",
      description =
          "Order the videos again that were left alone, have failed or were cancelled, and would now"
              + " be encoded, or encoded in another way.")
  private boolean apply;

  @Option(names = "--limit", description = "List at most so many videos (${DEFAULT-VALUE}).")
  private int limit = 20;

  @Mixin private FormatOption format = new FormatOption();

  RulesDiffCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    if (apply && file != null) {
      throw CommandFailed.usage("--apply goes by the rules in force: set those of FILE first");
    }
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      VideoRules rules =
          file == null
              ? connections.rules().current()
              : connections
                  .rules()
                  .over(RulesFile.read(file, surroundings.workingFolder()).rules());
      LibraryScope only =
          library == null
              ? LibraryScope.all()
              : LibraryScope.of(Register.of(connections, surroundings).require(library).id());
      RulesDiffView.Counting counting = new RulesDiffView.Counting(limit);
      List<VideoId> toOrder = new ArrayList<>();
      long compared =
          new RuleDifferences(database)
              .find(
                  rules,
                  only,
                  difference -> {
                    counting.add(difference);
                    if (isToBeOrdered(difference)) {
                      toOrder.add(difference.now().video().id());
                    }
                  });
      show(counting.view(compared, toOrder.size()));
      if (apply) {
        order(connections, toOrder);
      }
    }
    return ExitCode.DONE.code();
  }

  /** What waits to be begun, or is at work, is decided anew when it comes to it. */
  private static boolean isToBeOrdered(Difference difference) {
    VideoState state = difference.now().video().state();
    boolean isSettled =
        state == VideoState.SKIPPED || state == VideoState.FAILED || state == VideoState.CANCELLED;
    return isSettled && difference.now().planned() instanceof Planned.Encode;
  }

  private void show(RulesDiffView view) {
    if (format.isJson()) {
      surroundings.out().println(Json.of(view));
      return;
    }
    view.lines().forEach(line -> surroundings.out().println(Printable.of(line)));
    if (view.toOrder() > 0 && !apply) {
      surroundings.say(
          "./reencodarr rules diff --apply orders %s again"
              .formatted(Figures.count(view.toOrder(), "video")));
    }
  }

  private void order(Connections connections, List<VideoId> toOrder) throws CommandFailed {
    VideoRepository videos = new VideoRepository(connections.database());
    List<Video> chosen = toOrder.stream().flatMap(video -> videos.find(video).stream()).toList();
    Retrying.Retried retried =
        new Retrying(connections.database(), connections.temporal())
            .retry(chosen, surroundings::sayRefusal);
    surroundings.say(Figures.count(retried.orderedAgain(), "video") + " ordered again");
  }
}
