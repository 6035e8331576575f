package dev.reencodarr.worker;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.failure.Reaction;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notices steps that fail for a fault of this worker, so that it proves itself at once instead of
 * when that is due: meanwhile it would hold up one video after the other.
 */
final class Suspicion extends WorkerInterceptorBase {

  private final AtomicBoolean raised = new AtomicBoolean();

  /** Whether a step has failed so since the last call. */
  boolean wasRaised() {
    return raised.getAndSet(false);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } catch (ApplicationFailure failure) {
          if (isOfThisWorker(failure)) {
            raised.set(true);
          }
          throw failure;
        }
      }
    };
  }

  private static boolean isLaidOnIt(Reaction reaction) {
    return reaction == Reaction.STOP_QUEUE || reaction == Reaction.NEXT_ENCODER;
  }

  private static boolean isOfThisWorker(ApplicationFailure failure) {
    // In every stage the same: what stops a queue is the worker's.
    return Faults.evidence(failure)
        .map(seen -> FailureTable.classify(FailureStage.ENCODING, seen).reaction())
        .filter(Suspicion::isLaidOnIt)
        .isPresent();
  }
}
