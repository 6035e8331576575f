package dev.reencodarr.workflows.library;

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
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.SearchAttributes;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Requests are scanned one after the other; their videos are started beside that. */
public final class LibraryWorkflowImpl implements LibraryWorkflow {

  /** Bounds the history of a library that is busy for months. */
  private static final int ROUNDS_PER_RUN = 200;

  /** From version 1 on, videos are started while a long scan goes on. */
  private static final String START_WHILE_SCANNING = "start-while-scanning";

  /**
   * From version 1 on, a scan that fails as a whole is a failure on record until one succeeds; from
   * version 2 on, an unfit worker is waited for a while before, and what is critical is said; from
   * version 3 on, the walk waits so too, as for a mount whose disks are slow to spin up.
   */
  private static final String FAILED_SCANS_STAND = "failed-scans-stand";

  private static final int FAILURES_STAND = 1;
  private static final int UNFIT_WORKERS_ARE_WAITED_FOR = 2;
  private static final int WALKS_WAIT = 3;

  private static final Logger log = Workflow.getLogger(LibraryWorkflowImpl.class);

  private final LibraryActivities library =
      Workflow.newActivityStub(LibraryActivities.class, ActivityTimings.starting());
  private final StandingFailureActivities failures =
      Workflow.newLocalActivityStub(StandingFailureActivities.class, ActivityTimings.localRow());
  private final Deque<WorkRequest> waiting;
  private @Nullable Promise<Integer> starting;
  private boolean moreToStart = false;
  private boolean startsWhileScanning = false;
  private int failedScans = Workflow.DEFAULT_VERSION;
  private int rounds = 0;

  @WorkflowInit
  public LibraryWorkflowImpl(List<WorkRequest> carriedOver) {
    this.waiting = new ArrayDeque<>(carriedOver);
  }

  @Override
  public void request(WorkRequest request) {
    waiting.add(request);
  }

  @Override
  public void run(List<WorkRequest> carriedOver) {
    // The library is known from the first request; without any there is nothing to do.
    Workflow.await(() -> !waiting.isEmpty());
    WorkRequest first = waiting.peek();
    startsWhileScanning =
        Workflow.getVersion(START_WHILE_SCANNING, Workflow.DEFAULT_VERSION, 1) > 0;
    failedScans = Workflow.getVersion(FAILED_SCANS_STAND, Workflow.DEFAULT_VERSION, WALKS_WAIT);
    // Videos that an earlier run left unstarted go on as well.
    moreToStart = true;
    while (true) {
      keepStarting(first);
      if (waiting.isEmpty()) {
        Workflow.await(() -> !waiting.isEmpty() || startingHasEnded());
      }
      if (!waiting.isEmpty()) {
        scan(waiting.remove());
      } else if (!moreAfterStarting()) {
        return;
      }
      rounds++;
      if (isLong() && mayPause()) {
        continueAsNew(first);
      }
    }
  }

  private boolean isLong() {
    return rounds >= ROUNDS_PER_RUN || Workflow.getInfo().isContinueAsNewSuggested();
  }

  /** A new run begins when no start is out: a request that comes must not wait for its end. */
  private boolean mayPause() {
    return !startsWhileScanning || starting == null;
  }

  /** Walks and analyses one request; what is analysed is started while the rest is looked at. */
  private void scan(WorkRequest request) {
    LibraryScanActivities scanner =
        Workflow.newActivityStub(LibraryScanActivities.class, ActivityTimings.scan(request.zone()));
    try {
      ScanTally tally = once(WALKS_WAIT, request, () -> scanner.walk(request));
      while (once(UNFIT_WORKERS_ARE_WAITED_FOR, request, () -> scanner.analyseBatch(request)) > 0) {
        startMore(request);
      }
      library.scanned(request.id(), tally);
      works(request);
      startMore(request);
    } catch (ActivityFailure failure) {
      if (failure.getCause() instanceof CanceledFailure cancelled) {
        throw cancelled;
      }
      log.warn("scan of {} failed", request.root(), failure);
      library.failed(request.id(), reasonOf(failure));
      // Nobody tries it again but who asks for the next scan.
      fails(request, FailureReading.of(failure), Reaction.GIVE_UP);
    }
  }

  /**
   * Walks, or analyses a batch, once that can be done. A worker that is unfit for it, and a mount
   * that is gone, say nothing of the files: a healthy one, or this one once it is mended, has its
   * try before the scan fails. A walk that is tried again begins anew.
   *
   * @param since the version from which on it is waited
   */
  private <T> T once(int since, WorkRequest request, Functions.Func<T> step) {
    History history = History.none();
    while (true) {
      try {
        return step.apply();
      } catch (ActivityFailure failure) {
        if (FailureReading.isCancellation(failure) || failedScans < since) {
          throw failure;
        }
        Evidence evidence = FailureReading.of(failure);
        Classification unfit = FailureTable.classify(FailureStage.ANALYSIS, evidence);
        history = history.plus(unfit, evidence, Instant.ofEpochMilli(Workflow.currentTimeMillis()));
        if (!(RetryPolicy.decide(unfit, history, List.of()) instanceof Decision.Wait wait)) {
          throw failure;
        }
        log.warn("the scan of {} waits", request.root(), failure);
        fails(request, evidence, unfit.reaction());
        Workflow.sleep(wait.after());
      }
    }
  }

  private void fails(WorkRequest request, Evidence evidence, Reaction followedBy) {
    if (failedScans < FAILURES_STAND) {
      return;
    }
    Classification failure = FailureTable.classify(FailureStage.ANALYSIS, evidence);
    failures.tell(
        Workflow.getInfo().getRunId(),
        List.of(
            new StandingFailure(
                WorkflowIds.library(request.library()),
                failure.about("scan of " + request.root(), followedBy),
                evidence)),
        List.of());
    if (failedScans >= UNFIT_WORKERS_ARE_WAITED_FOR) {
      Workflow.upsertTypedSearchAttributes(
          CriticalFailure.isCritical(failure.category(), failure.code())
              ? SearchAttributes.CRITICAL.valueSet(true)
              : SearchAttributes.CRITICAL.valueUnset());
    }
  }

  private void works(WorkRequest request) {
    if (failedScans < FAILURES_STAND) {
      return;
    }
    failures.tell(
        Workflow.getInfo().getRunId(), List.of(), List.of(WorkflowIds.library(request.library())));
    if (failedScans >= UNFIT_WORKERS_ARE_WAITED_FOR) {
      Workflow.upsertTypedSearchAttributes(SearchAttributes.CRITICAL.valueUnset());
    }
  }

  private static String reasonOf(ActivityFailure failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    if (cause instanceof io.temporal.failure.ApplicationFailure fault) {
      return fault.getOriginalMessage();
    }
    return String.valueOf(cause.getMessage());
  }

  private void startMore(WorkRequest request) {
    moreToStart = true;
    keepStarting(request);
  }

  private void keepStarting(WorkRequest request) {
    if (startsWhileScanning && starting != null && starting.isCompleted()) {
      moreAfterStarting();
    }
    if (starting == null && moreToStart) {
      moreToStart = false;
      starting = Async.function(library::startVideos, request.library());
    }
  }

  private boolean startingHasEnded() {
    return starting == null || starting.isCompleted();
  }

  private boolean moreAfterStarting() {
    if (starting != null) {
      moreToStart |= starting.get() > 0;
      starting = null;
    }
    return moreToStart;
  }

  private void continueAsNew(WorkRequest first) {
    moreAfterStarting();
    List<WorkRequest> left = new ArrayList<>(waiting);
    if (left.isEmpty()) {
      // A request whose scan is done already: it carries the library over, and costs one walk.
      left.add(first);
    }
    Workflow.continueAsNew(left);
  }
}
