package dev.reencodarr.workflows.fleet;

import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Looks whenever it is told to; begins anew before its history grows long. */
public final class FleetWorkflowImpl implements FleetWorkflow {

  private static final int LOOKS_PER_RUN = 200;

  private final FleetViewActivities shown =
      Workflow.newLocalActivityStub(FleetViewActivities.class, ActivityTimings.localRow());
  private final FleetActivities fleet =
      Workflow.newActivityStub(FleetActivities.class, ActivityTimings.manyVideos());
  private FleetView view = FleetView.NOT_LOOKED_YET;
  private boolean told = true;
  private int looks = 0;

  @Override
  public void run() {
    while (!isLong()) {
      told = false;
      view = shown.look();
      looks++;
      Workflow.setCurrentDetails(view.details());
      Workflow.await(() -> told || isLong());
    }
    // An answer that somebody waits for would be lost with the run.
    Workflow.await(Workflow::isEveryHandlerFinished);
    Workflow.continueAsNew();
  }

  private boolean isLong() {
    return looks >= LOOKS_PER_RUN || Workflow.getInfo().isContinueAsNewSuggested();
  }

  @Override
  public void look() {
    told = true;
  }

  @Override
  public FleetView view() {
    return view;
  }

  @Override
  public String pause(String scope) {
    return sentence(fleet.pause(scope, false));
  }

  @Override
  public void requireScopeToPause(String scope) {
    requireScope(scope);
  }

  @Override
  public String freeze(String scope) {
    return sentence(fleet.pause(scope, true));
  }

  @Override
  public void requireScopeToFreeze(String scope) {
    requireScope(scope);
  }

  @Override
  public String resume(String scope) {
    return sentence(fleet.resume(scope));
  }

  @Override
  public void requireScopeToResume(String scope) {
    requireScope(scope);
  }

  @Override
  public String cancel(String scope) {
    return sentence(fleet.cancel(scope));
  }

  @Override
  public void requireScopeToCancel(String scope) {
    requireScope(scope);
  }

  @Override
  public String retry(String scope) {
    return sentence(fleet.retry(scope));
  }

  @Override
  public void requireScopeToRetry(String scope) {
    requireScope(scope);
  }

  /** Whoever leaves it out does not mean everything. */
  private static void requireScope(@Nullable String scope) {
    if (scope == null || scope.isBlank()) {
      throw new IllegalArgumentException(
          "a scope is needed: \"" + EVERYTHING + "\", or a library's name or id");
    }
  }

  private String sentence(FleetAnswer answer) {
    told = true;
    return switch (answer) {
      case FleetAnswer.Done(String what) -> what;
      case FleetAnswer.Refused(String why) ->
          throw ApplicationFailure.newNonRetryableFailure(why, "Refused");
    };
  }
}
