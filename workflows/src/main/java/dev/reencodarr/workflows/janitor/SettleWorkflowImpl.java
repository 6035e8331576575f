package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.Settled;
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
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Each replacement that was begun goes on where it stopped, by an attempt of this run, which
 * revokes whoever is still at work on it. What cannot be settled is handed back as it was found.
 */
public final class SettleWorkflowImpl implements SettleWorkflow {

  private static final String BY_REPLACEMENT = "settles-by-replacement";

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
        yield byReplacement() ? settle(video, unsettled, files) : rerun(video, unsettled, files);
      }
    };
  }

  private static boolean byReplacement() {
    return Workflow.getVersion(BY_REPLACEMENT, Workflow.DEFAULT_VERSION, 1) > 0;
  }

  private String settle(VideoId video, Unsettled unsettled, ReplaceActivities files) {
    if (unsettled.open().isEmpty()) {
      return ledger.finish(video, run, unsettled);
    }
    Settled last = new Settled.GivenUp("");
    try {
      for (UUID replacement : unsettled.open()) {
        Settled settled =
            untilDone(
                () -> files.settle(video, run.line(), replacement),
                SettleWorkflowImpl::isToBeTriedAgain);
        last = settled instanceof Settled.GivenUp ? last : settled;
      }
    } catch (ActivityFailure | CanceledFailure failure) {
      handBack(video, unsettled, reason(failure));
      throw failure;
    }
    return ledger.settled(video, run, unsettled, last);
  }

  private static String reason(TemporalFailure failure) {
    return failure instanceof ActivityFailure failed && !FailureReading.isCancellation(failed)
        ? judged(failed).message()
        : "it was cancelled";
  }

  private void handBack(VideoId video, Unsettled unsettled, String why) {
    Workflow.newDetachedCancellationScope(() -> ledger.handBack(video, run, unsettled, why)).run();
  }

  /** What only its owner can mend is not waited for: meanwhile {@code retry} would be refused. */
  private static boolean isToBeTriedAgain(ActivityFailure failure) {
    return judged(failure).reaction() != Reaction.GIVE_UP;
  }

  private static Classification judged(ActivityFailure failure) {
    return FailureTable.classify(FailureStage.POST_PROCESS, FailureReading.of(failure));
  }

  /**
   * Version 0 ran the attempts of the lost workflow again, the latest of which settled all others,
   * and undid the video's latest replacement, whichever had an undo begun.
   */
  private String rerun(VideoId video, Unsettled unsettled, ReplaceActivities files) {
    unsettled.swaps().stream().limit(1).forEach(swap -> swap(files, swap));
    if (unsettled.undo()) {
      untilDone(() -> files.undo(video, run.line()), failure -> true);
    }
    return ledger.finish(video, run, unsettled);
  }

  private void swap(ReplaceActivities files, SwapRequest begun) {
    SwapOutcome outcome = untilDone(() -> files.swap(begun), failure -> true);
    if (outcome instanceof SwapOutcome.Superseded) {
      untilDone(() -> files.swap(anew(begun)), failure -> true);
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

  private static <T> T untilDone(
      Functions.Func<T> step, Predicate<ActivityFailure> isToBeTriedAgain) {
    for (Duration pause : PAUSES) {
      try {
        return step.apply();
      } catch (ActivityFailure failure) {
        if (failure.getCause() instanceof CanceledFailure cancelled) {
          throw cancelled;
        }
        if (!isToBeTriedAgain.test(failure)) {
          throw failure;
        }
        Workflow.sleep(pause);
      }
    }
    return step.apply();
  }
}
