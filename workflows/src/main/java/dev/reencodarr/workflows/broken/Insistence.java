package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does a step until it is done: a server may be away for a week, a mount for a day. Meanwhile the
 * failure stands on record.
 */
final class Insistence {

  private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(30), Duration.ofHours(6));

  private final String subject;
  private final BooleanSupplier isWithdrawn;
  private final Consumer<String> says;
  private final StandingFailureActivities failures =
      Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());
  private boolean failed = false;

  /** It is to be done no more. */
  static final class Withdrawn extends RuntimeException {
    private static final long serialVersionUID = 1;

    Withdrawn() {
      super("an operator wants the broken file back");
    }
  }

  /**
   * @param isWithdrawn whether steps are to be done no more
   * @param says tells people what stands in the way
   */
  Insistence(RedownloadOrder order, BooleanSupplier isWithdrawn, Consumer<String> says) {
    this.subject = WorkflowIds.redownload(order.source());
    this.isWithdrawn = isWithdrawn;
    this.says = says;
  }

  /**
   * Does a step.
   *
   * @throws Withdrawn if it was withdrawn while it failed
   */
  <T> T on(Functions.Func<T> step) {
    Duration pause = PAUSES.first();
    while (true) {
      try {
        T done = step.apply();
        over();
        return done;
      } catch (ActivityFailure failure) {
        if (FailureReading.isCancellation(failure)) {
          throw failure;
        }
        stands(FailureReading.of(failure));
      }
      Workflow.await(pause, isWithdrawn::getAsBoolean);
      if (isWithdrawn.getAsBoolean()) {
        throw new Withdrawn();
      }
      pause = PAUSES.after(pause);
    }
  }

  private void stands(Evidence evidence) {
    failed = true;
    Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
    says.accept(why.message());
    failures.tell(
        Workflow.getInfo().getRunId(),
        List.of(
            new StandingFailure(
                subject, why.about("getting another copy", why.reaction()), evidence)),
        List.of());
  }

  /** What failed has come to its end. */
  void over() {
    if (failed) {
      failed = false;
      failures.tell(Workflow.getInfo().getRunId(), List.of(), List.of(subject));
    }
  }
}
