package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.process.OomKills;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Adds to the evidence of every fault whether the kernel has killed something for want of memory
 * meanwhile: a program that was killed does not say by whom.
 */
public final class OomWitness extends WorkerInterceptorBase {

  private final OomKills kills;

  public OomWitness(OomKills kills) {
    this.kills = kills;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      private boolean runsPrograms = true;

      @Override
      public void init(ActivityExecutionContext context) {
        // Those only write and read rows, and there are many of them.
        runsPrograms = !context.getInfo().isLocal();
        super.init(context);
      }

      @Override
      public ActivityOutput execute(ActivityInput input) {
        if (!runsPrograms) {
          return super.execute(input);
        }
        OptionalLong before = kills.count();
        try {
          return super.execute(input);
        } catch (ApplicationFailure failure) {
          throw Faults.knowing(failure, since(before));
        }
      }
    };
  }

  private Map<String, String> since(OptionalLong before) {
    OptionalLong now = kills.count();
    return before.isPresent() && now.isPresent()
        ? Map.of(Evidence.OOM_KILL, Boolean.toString(now.getAsLong() > before.getAsLong()))
        : Map.of();
  }
}
