package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.video.Claim;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoActivities;
import dev.reencodarr.workflows.video.VideoOrder;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;

/**
 * The attempts of the lost workflow are run again, as the server would have done: they go on where
 * they stopped, and revoke whoever is still at work on them. Where a later one has overtaken them,
 * a new one settles them.
 */
public final class SettleWorkflowImpl implements SettleWorkflow {

  /** Then this run fails; the next round of the janitor begins another one. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofSeconds(30),
          Duration.ofMinutes(2),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30));

  private final SettleActivities ledger =
      Workflow.newLocalActivityStub(SettleActivities.class, ActivityTimings.localRow());
  private final VideoActivities row =
      Workflow.newLocalActivityStub(VideoActivities.class, ActivityTimings.localRow());
  private final RunKey run;

  public SettleWorkflowImpl() {
    WorkflowInfo info = Workflow.getInfo();
    this.run = new RunKey(info.getWorkflowId(), info.getFirstExecutionRunId());
  }

  @Override
  public String settle(VideoId video) {
    Unsettled unsettled = ledger.find(video);
    if (unsettled.isNothing()) {
      return "nothing was left unfinished";
    }
    VideoOrder order = new VideoOrder(video, VideoOrder.Purpose.UNDO, Wishes.none());
    return switch (row.claim(order, run)) {
      case Claim.Done done -> done.why();
      case Claim.Proceed claim -> {
        row.enter(
            new StateChange(
                video, run, 1, VideoState.REPLACING, "what was begun is brought to its end"));
        ReplaceActivities files =
            Workflow.newActivityStub(
                ReplaceActivities.class, ActivityTimings.files(unsettled.zone()));
        unsettled.swaps().stream().limit(1).forEach(swap -> swap(files, swap));
        if (unsettled.undo()) {
          untilDone(() -> files.undo(video, run.line()));
        }
        yield ledger.finish(video, run, unsettled);
      }
    };
  }

  /** The latest one settles all others. */
  private void swap(ReplaceActivities files, SwapRequest begun) {
    SwapOutcome outcome = untilDone(() -> files.swap(begun));
    if (outcome instanceof SwapOutcome.Superseded) {
      untilDone(() -> files.swap(anew(begun)));
    }
  }

  private SwapRequest anew(SwapRequest begun) {
    return new SwapRequest(
        begun.video(),
        run.line() + "#settle",
        begun.libraryRoot(),
        begun.source(),
        begun.identity(),
        begun.targetPath(),
        begun.staged());
  }

  private static <T> T untilDone(Functions.Func<T> step) {
    for (Duration pause : PAUSES) {
      try {
        return step.apply();
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure cancelled) {
          throw cancelled;
        }
        Workflow.sleep(pause);
      }
    }
    return step.apply();
  }
}
