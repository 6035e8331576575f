package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Video;
import dev.reencodarr.starter.view.Printable;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.KeptOrder;
import dev.reencodarr.workflows.video.KeptWorkflow;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A pass over a video that encodes nothing: it puts files back or lets them go. It runs under the
 * id of the video's workflow, so that it never overlaps with an encode.
 */
record OtherPass(WorkflowClient temporal, Consumer<String> say) {

  /** How the pass ended; empty, and said, where it could not take place. */
  Optional<VideoEnd> over(Video video, VideoOrder order) {
    VideoWorkflow workflow =
        temporal.newWorkflowStub(
            VideoWorkflow.class,
            VideoStart.alone(video.id(), video.library(), video.libraryName(), video.path()));
    return ended(Printable.of(video.path().value()), () -> workflow.run(order));
  }

  /** The same of a replacement whose video is not known any more. */
  Optional<VideoEnd> over(KeptLookup.Kept.Orphan orphan, KeptOrder order) {
    KeptWorkflow workflow =
        temporal.newWorkflowStub(
            KeptWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.kept(order.replacement()))
                .setTaskQueue(TaskQueues.CONTROL)
                .build());
    return ended(orphan.name(), () -> workflow.run(order));
  }

  private Optional<VideoEnd> ended(String name, Supplier<VideoEnd> run) {
    try {
      return Optional.of(run.get());
    } catch (WorkflowExecutionAlreadyStarted e) {
      say.accept(name + ": it is being worked on; ./reencodarr cancel stops that");
    } catch (WorkflowFailedException e) {
      say.accept(name + ": failed: " + root(e));
    }
    return Optional.empty();
  }

  /** Why a pass that ended like this has not done what it was for. */
  static String whyNot(VideoEnd end) {
    return switch (end) {
      case VideoEnd.UndoRefused refused -> refused.why();
      case VideoEnd.NothingToDo nothing -> nothing.why();
      case VideoEnd.Failed failed -> failed.classification().message();
      default -> "it ended as " + end;
    };
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = root.getCause(); cause != null; cause = root.getCause()) {
      root = cause;
    }
    return String.valueOf(root.getMessage());
  }
}
