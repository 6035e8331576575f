package dev.reencodarr.workflows.sync;

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
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Gathers for a few seconds, since a season comes as dozens of events, then has the titles looked
 * at. Who does not answer is waited for: a title is dropped only when it was looked at.
 */
public final class ConnectionEventsWorkflowImpl implements ConnectionEventsWorkflow {

  private static final Duration GATHERING = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  /** No payload and no activity grows long. */
  private static final int TITLES_AT_ONCE = 50;

  private final StandingFailureActivities failures =
      Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());

  /** In the order in which they came. */
  private final Set<Long> titles = new LinkedHashSet<>();

  private TouchedTitles connection;

  @WorkflowInit
  public ConnectionEventsWorkflowImpl(TouchedTitles order) {
    this.connection = order;
  }

  @Override
  public void touched(TouchedTitles more) {
    if (more.connection() != connection.connection()) {
      // The name belongs to another one now; of the one that was removed nothing is to be read.
      titles.clear();
    }
    connection = more.with(List.of());
    titles.addAll(more.titles());
  }

  @Override
  public void run(TouchedTitles order) {
    if (order.connection() == connection.connection()) {
      titles.addAll(order.titles());
    }
    Duration pause = GATHERING;
    while (!titles.isEmpty()) {
      Workflow.sleep(pause);
      TouchedTitles part = connection.with(titles.stream().limit(TITLES_AT_ONCE).toList());
      // What comes for them from now on is news.
      part.titles().forEach(titles::remove);
      Workflow.setCurrentDetails(
          "looks at " + part.titles().size() + " titles, " + titles.size() + " more to come");
      if (wasLookedAt(part)) {
        pause = GATHERING;
      } else {
        putBack(part);
        pause = longer(pause);
        Workflow.setCurrentDetails(
            titles.size() + " titles wait, since " + part.name() + " cannot be asked");
      }
      if (!titles.isEmpty() && Workflow.getInfo().isContinueAsNewSuggested()) {
        Workflow.continueAsNew(connection.with(List.copyOf(titles)));
      }
    }
  }

  /** At the end: where one of them is the trouble, others get their turn. */
  private void putBack(TouchedTitles part) {
    if (part.connection() == connection.connection()) {
      titles.addAll(part.titles());
    }
  }

  private boolean wasLookedAt(TouchedTitles part) {
    TitleLookActivities look =
        Workflow.newActivityStub(TitleLookActivities.class, ActivityTimings.syncing(part.zone()));
    try {
      SyncTally _ = look.look(part);
    } catch (ActivityFailure failure) {
      if (FailureReading.isCancellation(failure)) {
        throw failure;
      }
      tell(part, failure);
      return false;
    }
    failures.tell(runId(), List.of(), List.of(subject(part)));
    return true;
  }

  private void tell(TouchedTitles part, ActivityFailure failure) {
    Evidence evidence = FailureReading.of(failure);
    Classification why = FailureTable.classify(FailureStage.POST_PROCESS, evidence);
    failures.tell(
        runId(),
        List.of(
            new StandingFailure(
                subject(part), why.about("events of " + part.name(), why.reaction()), evidence)),
        List.of());
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.compareTo(FIRST_PAUSE) < 0 ? FIRST_PAUSE : pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private static String runId() {
    return Workflow.getInfo().getRunId();
  }

  private static String subject(TouchedTitles part) {
    return WorkflowIds.syncEvents(part.name());
  }
}
