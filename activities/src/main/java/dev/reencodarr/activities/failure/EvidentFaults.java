package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.temporal.Faults;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;

/**
 * Makes evidence of an exception that nobody has foreseen. It stands next to the activity, so that
 * whoever stands around it reads one kind of fault.
 */
public final class EvidentFaults extends WorkerInterceptorBase {

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private boolean readsRows = false;

      @Override
      public void init(ActivityExecutionContext context) {
        readsRows = context.getInfo().isLocal();
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        try {
          return super.execute(input);
        } catch (RuntimeException thrown) {
          // Steps that only read and write rows are repeated until they succeed: nobody is told.
          throw readsRows ? thrown : Faults.evident(thrown);
        }
      }
    };
  }
}
