package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Decision;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.History;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.RetryPolicy;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.sync.SyncOrder.Resume;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.List;

/**
 * The titles first, then their files, a few titles at a time. Who does not answer is waited for a
 * while; then the sync has failed, which stands on record until a later one succeeds.
 */
public final class SyncWorkflowImpl implements SyncWorkflow {

  private final SyncRowActivities rows =
      Workflow.newLocalActivityStub(SyncRowActivities.class, ActivityTimings.localRow());
  private final StandingFailureActivities failures =
      Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());
  private final SyncActivities sync;
  private final WebhookActivities webhook;
  private final String run = Workflow.getInfo().getFirstExecutionRunId();
  private SyncOrder order;

  @WorkflowInit
  public SyncWorkflowImpl(SyncOrder order) {
    this.order = order;
    this.sync =
        Workflow.newActivityStub(SyncActivities.class, ActivityTimings.syncing(order.zone()));
    this.webhook =
        Workflow.newActivityStub(
            WebhookActivities.class, ActivityTimings.registering(order.zone()));
  }

  @Override
  public SyncProgress progress() {
    Resume point = order.resume();
    return new SyncProgress(point.done(), point.total(), point.tally());
  }

  @Override
  public SyncTally run(SyncOrder begun) {
    if (!rows.begun(order.connection(), run)) {
      return SyncTally.NOTHING;
    }
    try {
      readTitles();
      readFiles();
    } catch (ActivityFailure failure) {
      if (!FailureReading.isCancellation(failure)) {
        fails(failure);
      }
      throw failure;
    }
    rows.ended(run, progress());
    failures.tell(Workflow.getInfo().getRunId(), List.of(), List.of(subject()));
    return order.resume().tally();
  }

  private void readTitles() {
    if (order.resume().isAtTheBeginning()) {
      SyncTally registering = SyncTally.ofProblem(register());
      SyncTitles titles = once(() -> sync.titles(order));
      goOnFrom(new Resume(titles.total(), 0, 0, registering.plus(titles.tally())));
    }
  }

  /** Without its webhook a connection is known a little later, and no sync fails for that. */
  private String register() {
    try {
      return webhook.register(order);
    } catch (ActivityFailure failure) {
      if (FailureReading.isCancellation(failure)) {
        throw failure;
      }
      return "its webhook could not be looked at: " + FailureReading.of(failure).message();
    }
  }

  private void readFiles() {
    SyncStep step = once(() -> sync.files(order));
    while (step.titles() > 0) {
      goOnFrom(order.resume().after(step));
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.continueAsNew(order);
      }
      step = once(() -> sync.files(order));
    }
  }

  private void goOnFrom(Resume point) {
    order = order.from(point);
    Workflow.setCurrentDetails(progress().line());
    rows.going(run, progress());
  }

  /** A part of it, as soon as that can be done. */
  private <T> T once(Functions.Func<T> part) {
    History history = History.none();
    while (true) {
      try {
        return part.apply();
      } catch (ActivityFailure failure) {
        if (FailureReading.isCancellation(failure)) {
          throw failure;
        }
        Evidence evidence = FailureReading.of(failure);
        Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
        history = history.plus(why, evidence, Instant.ofEpochMilli(Workflow.currentTimeMillis()));
        if (!(RetryPolicy.decide(why, history, List.of()) instanceof Decision.Wait wait)) {
          throw failure;
        }
        rows.waiting(run, why.message());
        tell(why, evidence, why.reaction());
        Workflow.sleep(wait.after());
        rows.waiting(run, "");
      }
    }
  }

  private void fails(ActivityFailure failure) {
    Evidence evidence = FailureReading.of(failure);
    Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
    rows.failed(run, why.message());
    // The next one comes by the schedule.
    tell(why, evidence, Reaction.GIVE_UP);
  }

  private void tell(Classification why, Evidence evidence, Reaction followedBy) {
    failures.tell(
        Workflow.getInfo().getRunId(),
        List.of(
            new StandingFailure(
                subject(), why.about("sync of " + order.name(), followedBy), evidence)),
        List.of());
  }

  private String subject() {
    return WorkflowIds.sync(order.name());
  }
}
