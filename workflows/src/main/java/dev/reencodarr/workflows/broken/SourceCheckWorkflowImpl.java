package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.broken.SourceCheckOrder.Resume;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.History;
import dev.reencodarr.workflows.failure.RetryPolicy;
import dev.reencodarr.workflows.media.OneLine;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A page of files at a time. What is wrong with a tool, a mount or a machine is waited for or tried
 * again; a file that cannot be judged in spite of that is passed over, and said.
 */
public final class SourceCheckWorkflowImpl implements SourceCheckWorkflow {

  /** Bounds the history; a file is some ten events. */
  private static final int PAGES_PER_RUN = 10;

  private static final Duration WHILE_PAUSED = Duration.ofMinutes(5);

  private final SourceCheckRowActivities rows =
      Workflow.newLocalActivityStub(SourceCheckRowActivities.class, ActivityTimings.localRow());
  private final SourceCheckActivities reader;
  private SourceCheckOrder order;
  private SourceCheckWish wished;
  private String now = "";
  private String waitsFor = "";

  @WorkflowInit
  public SourceCheckWorkflowImpl(SourceCheckOrder order) {
    this.order = order;
    this.wished = order.wish();
    this.reader =
        Workflow.newActivityStub(
            SourceCheckActivities.class, ActivityTimings.sourceCheck(order.zone()));
  }

  @Override
  public void wish(SourceCheckWish wish) {
    wished = wished.and(wish);
  }

  @Override
  public SourceCheckProgress progress() {
    Resume point = point();
    return new SourceCheckProgress(
        point.tally(),
        order.wish().deep(),
        now,
        waitsFor,
        Math.max(0, Duration.between(point.began(), present()).toSeconds()));
  }

  @Override
  public SourceCheckProgress run(SourceCheckOrder begun) {
    if (order.resume().isEmpty()) {
      beginRound(present());
    }
    for (int pages = 0; true; pages++) {
      if (wishesMore()) {
        order = order.wishing(wished);
        beginRound(point().began());
      }
      if (pages >= PAGES_PER_RUN || Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.continueAsNew(order);
      }
      Resume point = point();
      SourceCheckRowActivities.Page page =
          rows.next(order.library(), order.wish(), point.began(), point.after());
      if (page.paused()) {
        pause("is paused", WHILE_PAUSED);
      } else if (page.files().isEmpty()) {
        return progress();
      } else {
        check(page.files());
      }
    }
  }

  private boolean wishesMore() {
    return !wished.equals(order.wish());
  }

  private void beginRound(Instant since) {
    SourceCheckScope scope = rows.scope(order.library(), order.wish(), since);
    order = order.from(new Resume(since, "", SourceCheckTally.of(scope)));
    show();
  }

  private void check(List<SourceFile> files) {
    for (SourceFile file : files) {
      if (wishesMore()) {
        return;
      }
      now = file.path().value();
      show();
      SourceCheckTally tally = judged(file);
      now = "";
      order = order.from(new Resume(point().began(), file.path().value(), tally));
      show();
    }
  }

  private SourceCheckTally judged(SourceFile file) {
    boolean deep = order.wish().deep();
    SourceCheckTally tally = point().tally();
    History history = History.none();
    while (true) {
      try {
        return switch (reader.check(file, deep)) {
          case SourceCheckOutcome.Sound() -> {
            rows.sound(file, deep);
            yield tally.plusSound(file);
          }
          case SourceCheckOutcome.Changed changed -> tally.plusUnjudged(file, changed.how());
        };
      } catch (ActivityFailure failure) {
        if (FailureReading.isCancellation(failure)) {
          throw failure;
        }
        Evidence evidence = FailureReading.of(failure);
        Classification why = SourceJudgement.of(evidence, deep);
        if (SourceJudgement.isBroken(why)) {
          rows.broken(file, deep, why.message());
          return tally.plusBroken(file);
        }
        history = history.plus(why, evidence, present());
        Decision decision = RetryPolicy.decide(why, history, List.of());
        if (isLast(decision)) {
          return tally.plusUnjudged(file, why.message());
        }
        pause(why.message(), after(decision));
      }
    }
  }

  private static boolean isLast(Decision decision) {
    return switch (decision) {
      case Decision.GiveUp _, Decision.NextRung _, Decision.Park _ -> true;
      case Decision.Retry _,
          Decision.HalveThreads _,
          Decision.TakeOver _,
          Decision.Wait _,
          Decision.ParkFor _ ->
          false;
    };
  }

  private static Duration after(Decision decision) {
    return switch (decision) {
      case Decision.Retry retry -> retry.after();
      case Decision.HalveThreads halve -> halve.after();
      case Decision.TakeOver takeOver -> takeOver.after();
      case Decision.Wait wait -> wait.after();
      case Decision.ParkFor park -> park.after();
      case Decision.GiveUp _, Decision.NextRung _, Decision.Park _ -> Duration.ZERO;
    };
  }

  private void pause(String why, Duration time) {
    waitsFor = why;
    show();
    Workflow.sleep(time);
    waitsFor = "";
    show();
  }

  private void show() {
    Workflow.setCurrentDetails(
        OneLine.of(progress().line()) + (now.isEmpty() ? "" : "  \nreading " + OneLine.of(now)));
  }

  private Resume point() {
    return order.resume().isEmpty()
        ? new Resume(present(), "", SourceCheckTally.of(SourceCheckScope.NOTHING))
        : order.resume().getFirst();
  }

  private static Instant present() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
