package dev.reencodarr.activities.failure;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adds to the evidence of every fault what the worker knew when it happened: the file, machine,
 * versions, free disk and memory. So no activity has to think of it, and what an activity says
 * itself wins. It stands around all that makes or changes evidence: what those find out is
 * witnessed as well, an exception of theirs that nobody has foreseen becomes evidence, and no
 * evidence leaves the worker with a secret in it.
 */
public final class FaultWitness extends WorkerInterceptorBase {

  private final MachineWitness machine;

  public FaultWitness(MachineWitness machine) {
    this.machine = machine;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Watch(next);
  }

  private final class Watch extends ActivityInboundCallsInterceptorBase {
    private Map<String, String> activity = Map.of();
    private boolean readsRows = false;

    Watch(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      activity =
          Map.of(
              "activity", context.getInfo().getActivityType(),
              "task_queue", context.getInfo().getActivityTaskQueue(),
              "activity_attempt", Integer.toString(context.getInfo().getAttempt()));
      readsRows = context.getInfo().isLocal();
      super.init(context);
    }

    private Map<String, String> about(ActivityInput input) {
      Map<String, String> about = new LinkedHashMap<>(activity);
      FileInQuestion.of(input.getArguments())
          .ifPresent(file -> about.put(Evidence.SOURCE, file.value()));
      return about;
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      try {
        return super.execute(input);
      } catch (RuntimeException thrown) {
        // Steps that only read and write rows are repeated until they succeed: nobody is told.
        RuntimeException told = readsRows ? thrown : Faults.evident(thrown);
        throw told instanceof ApplicationFailure fault && Faults.evidence(fault).isPresent()
            ? witnessed(fault, about(input))
            : told;
      }
    }

    private ApplicationFailure witnessed(ApplicationFailure fault, Map<String, String> about) {
      Map<String, String> known = new LinkedHashMap<>(machine.now());
      known.putAll(about);
      return Faults.retold(Faults.knowing(fault, known), SecretFree::of);
    }
  }
}
