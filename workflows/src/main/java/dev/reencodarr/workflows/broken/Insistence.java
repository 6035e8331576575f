package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.Pauses;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Does a step until it is done: a server may be away for a week, a mount for a day. Meanwhile the
 * failure stands on record.
 */
final class Insistence {

  private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(30), Duration.ofHours(6));

  private final OnRecord record;
  private final BooleanSupplier isWithdrawn;
  private final Instant end;

  /** It is to be done no more. */
  static final class Withdrawn extends RuntimeException {
    private static final long serialVersionUID = 1;

    Withdrawn() {
      super("an operator wants the broken file back");
    }
  }

  /** It was tried for long enough. */
  static final class TimeIsUp extends RuntimeException {
    private static final long serialVersionUID = 1;

    TimeIsUp() {
      super("no other copy has come in time");
    }
  }

  /** What stands on record of the same getting, however it is insisted. */
  private static final class OnRecord {
    private final String subject;
    private final Consumer<String> says;
    private final StandingFailureActivities failures =
        Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());
    private boolean stands = false;

    OnRecord(String subject, Consumer<String> says) {
      this.subject = subject;
      this.says = says;
    }

    void failed(Evidence evidence) {
      stands = true;
      Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
      says.accept(why.message());
      failures.tell(
          Workflow.getInfo().getRunId(),
          List.of(
              new StandingFailure(
                  subject, why.about("getting another copy", why.reaction()), evidence)),
          List.of());
    }

    void over() {
      if (stands) {
        stands = false;
        failures.tell(Workflow.getInfo().getRunId(), List.of(), List.of(subject));
      }
    }
  }

  /**
   * @param isWithdrawn whether steps are to be done no more
   * @param says tells people what stands in the way
   */
  Insistence(RedownloadOrder order, BooleanSupplier isWithdrawn, Consumer<String> says) {
    this(new OnRecord(WorkflowIds.redownload(order.source()), says), isWithdrawn, Instant.MAX);
  }

  private Insistence(OnRecord record, BooleanSupplier isWithdrawn, Instant end) {
    this.record = record;
    this.isWithdrawn = isWithdrawn;
    this.end = end;
  }

  /** The same, but no longer than until then. */
  Insistence until(Instant latest) {
    return new Insistence(record, isWithdrawn, latest);
  }

  /** The same, whatever is withdrawn. */
  Insistence whateverIsSaid() {
    return new Insistence(record, () -> false, Instant.MAX);
  }

  /**
   * Does a step.
   *
   * @throws Withdrawn if it was withdrawn before, or while it failed
   * @throws TimeIsUp if it still fails at the end of the time
   */
  <T> T on(Functions.Func<T> step) {
    Duration pause = PAUSES.first();
    while (true) {
      requireNotWithdrawn();
      try {
        T done = step.apply();
        over();
        return done;
      } catch (ActivityFailure failure) {
        if (FailureReading.isCancellation(failure)) {
          throw failure;
        }
        record.failed(FailureReading.of(failure));
      }
      if (!Instant.ofEpochMilli(Workflow.currentTimeMillis()).isBefore(end)) {
        throw new TimeIsUp();
      }
      Workflow.await(pause, isWithdrawn::getAsBoolean);
      pause = PAUSES.after(pause);
    }
  }

  private void requireNotWithdrawn() {
    if (isWithdrawn.getAsBoolean()) {
      throw new Withdrawn();
    }
  }

  /** What failed has come to its end. */
  void over() {
    record.over();
  }
}
