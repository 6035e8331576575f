package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.starter.view.Figures;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts originals back. */
@Command(
    name = "undo",
    mixinStandardHelpOptions = true,
    description = "Puts originals back in the place of their results.")
final class UndoCommand implements Callable<Integer> {

  private static final int MANY = 1_000_000;

  private final Surroundings surroundings;

  @Mixin private VideoChoice choice = new VideoChoice();

  @Option(names = "--all", description = "All that were replaced; asks for --yes.")
  private boolean all;

  @Option(names = "--yes", description = "Yes, all of them.")
  private boolean yes;

  UndoCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    choice.requireOneWay(all, "--all");
    if (all && !yes) {
      throw CommandFailed.usage("undo --all puts every original back: say --yes too");
    }
    try (Connections connections = Connections.of(surroundings)) {
      Database database = connections.database();
      WorkflowClient temporal = connections.temporal();
      int undone = 0;
      List<Video> videos = chosen(database);
      for (Video video : videos) {
        undone += undo(temporal, video) ? 1 : 0;
      }
      surroundings.out().println(Figures.count(undone, "original") + " put back");
      return (undone == videos.size() ? ExitCode.DONE : ExitCode.FAILED).code();
    }
  }

  private List<Video> chosen(Database database) throws CommandFailed {
    return all
        ? new VideoRepository(database).list(VideoRepository.Filter.in(VideoState.ENCODED, MANY))
        : new VideoLookup(database, surroundings.workingFolder()).requireAll(choice.typed());
  }

  private boolean undo(WorkflowClient temporal, Video video) {
    VideoWorkflow workflow =
        temporal.newWorkflowStub(
            VideoWorkflow.class,
            WorkflowOptions.newBuilder(
                    VideoStart.options(
                        video.id(),
                        video.library(),
                        video.libraryName(),
                        video.path(),
                        Wishes.none().priority()))
                // Joining a run that encodes would not undo anything.
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .build());
    String name = Printable.of(video.path().value());
    try {
      VideoEnd end =
          workflow.run(new VideoOrder(video.id(), VideoOrder.Purpose.UNDO, Wishes.none()));
      return tell(name, end);
    } catch (WorkflowExecutionAlreadyStarted e) {
      surroundings.say(name + ": it is being worked on; ./reencodarr cancel stops that");
      return false;
    } catch (WorkflowFailedException e) {
      surroundings.say(name + ": undo failed: " + root(e));
      return false;
    }
  }

  private boolean tell(String name, VideoEnd end) {
    if (end instanceof VideoEnd.Undone undone) {
      surroundings.say(
          name
              + ": the original is back"
              + (undone.path().value().equals(name) ? "" : " at " + undone.path()));
      return true;
    }
    if (end instanceof VideoEnd.Redone) {
      surroundings.say(name + ": the undo is undone, the result is back");
      return true;
    }
    String why =
        switch (end) {
          case VideoEnd.UndoRefused refused -> refused.why();
          case VideoEnd.NothingToDo nothing -> nothing.why();
          case VideoEnd.Failed failed -> failed.classification().message();
          default -> "it ended as " + end;
        };
    surroundings.say(name + ": not undone: " + why);
    return false;
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return String.valueOf(root.getMessage());
  }
}
