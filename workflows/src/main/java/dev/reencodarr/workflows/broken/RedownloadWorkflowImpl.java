package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.broken.RedownloadStanding.Phase;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.Pauses;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;

/**
 * Decode the file once more, mark its grab as failed, search, and only when that was carried out
 * set it aside; search once more, since what is there keeps others of its quality away; wait for
 * the other copy; keep the broken one for some more days. Nothing is deleted for good before the
 * other copy is there.
 */
public final class RedownloadWorkflowImpl implements RedownloadWorkflow {

  /** Whoever seeks in vain for so long has the broken file back: it is better than none. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(14);

  private static final String IN_VAIN =
      "no other copy was found in " + LONGEST_WAIT.toDays() + " days";
  private static final String BY_AN_OPERATOR = "an operator has put it back";

  private static final Pauses UNTIL_READY = new Pauses(Duration.ofMinutes(15), Duration.ofHours(6));
  private static final Pauses UNTIL_IT_COMES =
      new Pauses(Duration.ofSeconds(20), Duration.ofHours(1));
  private static final Duration WHILE_KEPT = Duration.ofDays(1);

  /** Another command is over by then, most of the time. */
  private static final Pauses TURNS = new Pauses(Duration.ofSeconds(20), Duration.ofMinutes(10));

  private final RedownloadOrder order;
  private final RedownloadActivities steps;
  private final SourceCheckActivities reader;
  private final Insistence insistence;
  private String standing = "";
  private boolean called = false;
  private boolean putBack = false;

  @WorkflowInit
  public RedownloadWorkflowImpl(RedownloadOrder order) {
    this.order = order;
    this.steps =
        Workflow.newActivityStub(
            RedownloadActivities.class, ActivityTimings.redownloading(order.zone()));
    this.reader =
        Workflow.newActivityStub(
            SourceCheckActivities.class, ActivityTimings.sourceCheck(order.zone()));
    this.insistence = new Insistence(order, () -> putBack, this::says);
  }

  @Override
  public void run(RedownloadOrder sameOrder) {
    try {
      RedownloadStanding now = begun();
      if (now.phase() == Phase.READY) {
        now = confirmed(now);
      }
      if (now.phase() == Phase.READY) {
        now = asked();
      }
      if (isAwaited(now)) {
        now = awaited(now);
      }
      while (now.phase() == Phase.KEEPING) {
        pause(WHILE_KEPT);
        now = tell(insistence.on(() -> steps.letGo(order)));
      }
    } catch (Insistence.Withdrawn withdrawn) {
      putBack(BY_AN_OPERATOR);
    } catch (Insistence.TimeIsUp timeIsUp) {
      putBack(IN_VAIN);
    }
    insistence.over();
  }

  private RedownloadStanding begun() {
    RedownloadStanding now = tell(insistence.on(() -> steps.begin(order)));
    Duration pause = UNTIL_READY.first();
    while (now.phase() == Phase.NOT_YET) {
      pause(pause);
      pause = UNTIL_READY.after(pause);
      now = tell(insistence.on(() -> steps.begin(order)));
    }
    return now;
  }

  /** What a GPU, a tool or a mount was to blame for is found sound by a decoder of the CPU. */
  private RedownloadStanding confirmed(RedownloadStanding ready) {
    RedownloadStanding now = ready;
    Duration pause = UNTIL_READY.first();
    while (now.phase() == Phase.READY) {
      SourceFile file = insistence.on(() -> steps.file(order));
      switch (insistence.on(() -> isBroken(file))) {
        case BROKEN -> {
          return now;
        }
        case SOUND -> {
          return tell(insistence.on(() -> steps.acquit(order)));
        }
        case CHANGED -> {
          pause(pause);
          pause = UNTIL_READY.after(pause);
          now = begun();
        }
      }
    }
    return now;
  }

  private enum Judged {
    BROKEN,
    SOUND,
    CHANGED
  }

  private Judged isBroken(SourceFile file) {
    try {
      return switch (reader.check(file, true)) {
        case SourceCheckOutcome.Sound() -> Judged.SOUND;
        case SourceCheckOutcome.Changed _ -> Judged.CHANGED;
      };
    } catch (ActivityFailure failure) {
      if (!FailureReading.isCancellation(failure)
          && SourceJudgement.isBroken(SourceJudgement.of(FailureReading.of(failure), true))) {
        return Judged.BROKEN;
      }
      throw failure;
    }
  }

  private RedownloadStanding asked() {
    insistence.on(() -> {
      steps.markFailed(order);
      return true;
    });
    search(insistence);
    RedownloadStanding now = tell(insistence.on(() -> steps.setAside(order)));
    Duration pause = UNTIL_READY.first();
    while (now.phase() == Phase.NOT_YET) {
      pause(pause);
      pause = UNTIL_READY.after(pause);
      now = tell(insistence.on(() -> steps.setAside(order)));
    }
    if (now.phase() == Phase.WAITING) {
      search(insistence.until(now.since().plus(LONGEST_WAIT)));
    }
    return now;
  }

  private void search(Insistence insisting) {
    Duration pause = TURNS.first();
    while (insisting.on(() -> steps.search(order)) == CommandEnd.BUSY) {
      pause(pause);
      pause = TURNS.after(pause);
    }
  }

  private static boolean isAwaited(RedownloadStanding now) {
    return now.phase() == Phase.WAITING || now.phase() == Phase.COMING;
  }

  private RedownloadStanding awaited(RedownloadStanding waiting) {
    Instant end = waiting.since().plus(LONGEST_WAIT);
    Insistence insisting = insistence.until(end);
    RedownloadStanding now = tell(insisting.on(() -> steps.look(order)));
    Duration pause = UNTIL_IT_COMES.first();
    while (isAwaited(now)) {
      if (now.phase() == Phase.WAITING && !present().isBefore(end)) {
        throw new Insistence.TimeIsUp();
      }
      pause = pause(pause) ? UNTIL_IT_COMES.first() : UNTIL_IT_COMES.after(pause);
      now = tell(insisting.on(() -> steps.look(order)));
    }
    return now;
  }

  /** Said twice it is done once. */
  private void putBack(String why) {
    tell(insistence.whateverIsSaid().on(() -> steps.putBack(order, why)));
  }

  /**
   * Waits.
   *
   * @return whether somebody has called meanwhile
   */
  private boolean pause(Duration time) {
    called = false;
    boolean isCalled = Workflow.await(time, () -> called || putBack);
    if (putBack) {
      throw new Insistence.Withdrawn();
    }
    return isCalled;
  }

  private static Instant present() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }

  private RedownloadStanding tell(RedownloadStanding now) {
    says(now.what());
    return now;
  }

  private void says(String what) {
    standing = what;
    Workflow.setCurrentDetails(what);
  }

  @Override
  public void look() {
    called = true;
  }

  @Override
  public void putBack() {
    putBack = true;
  }

  @Override
  public String standing() {
    return standing;
  }
}
