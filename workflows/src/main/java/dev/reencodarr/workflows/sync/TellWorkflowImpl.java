package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.temporal.ActivityTimings;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Round after round, less and less often; who is never reached is given up by the rounds. */
public final class TellWorkflowImpl implements TellWorkflow {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

  private boolean called = false;

  @Override
  public void run(TellOrder order) {
    TellActivities tell =
        Workflow.newActivityStub(TellActivities.class, ActivityTimings.telling(order.zone()));
    Duration pause = FIRST_PAUSE;
    boolean done = false;
    while (!done) {
      called = false;
      TellProgress progress = tell.listeners(order.video());
      Workflow.setCurrentDetails(progress.line());
      if (progress.left() > 0) {
        boolean more = Workflow.await(pause, () -> called);
        pause = more ? FIRST_PAUSE : longer(pause);
      } else {
        done = !called;
      }
    }
  }

  private static Duration longer(Duration pause) {
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  @Override
  public void look() {
    called = true;
  }
}
