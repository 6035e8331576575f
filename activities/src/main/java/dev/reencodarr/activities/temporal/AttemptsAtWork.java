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

      private Optional<Attempt> attempt = Optional.empty();

      @Override
      public void init(ActivityExecutionContext context) {
        // A local one belongs to the task of its workflow, which the server hands out again itself.
        attempt = Optional.of(context.getInfo()).filter(it -> !it.isLocal()).map(Attempt::of);
        attempt.ifPresent(attempts::add);
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } finally {
          attempt.ifPresent(attempts::remove);
        }
      }
    };
  }
}
