package dev.reencodarr.activities.temporal;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts of activities, of every kind but local ones, that this process is at work on. */
public final class AttemptsAtWork extends WorkerInterceptorBase {

  /**
   * An attempt as the server knows it.
   *
   * @param number from 1
   */
  record Attempt(String runId, String activityId, int number) {

    private static Attempt of(ActivityInfo info) {
      return new Attempt(
          Optional.ofNullable(info.getWorkflowRunId()).orElse(""),
          info.getActivityId(),
          info.getAttempt());
    }
  }

  private final Set<Attempt> attempts = ConcurrentHashMap.newKeySet();

  boolean include(Attempt attempt) {
    return attempts.contains(attempt);
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {

      // None for a local one: the server hands out the task of its workflow again itself.
      private Set<Attempt> begun = Set.of();

      @Override
      public void init(ActivityExecutionContext context) {
        if (!context.getInfo().isLocal()) {
          begun = Set.of(Attempt.of(context.getInfo()));
        }
        attempts.addAll(begun);
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } finally {
          attempts.removeAll(begun);
        }
      }
    };
  }
}
