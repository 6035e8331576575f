package dev.reencodarr.workflows.sync;

import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.Pauses;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Round after round, less and less often; who is never reached is given up by the rounds. */
public final class TellWorkflowImpl implements TellWorkflow {

  private static final Pauses PAUSES = new Pauses(Duration.ofSeconds(30), Duration.ofHours(6));

  /** From version 1 on, Sonarr and Radarr are told as well. */
  private static final String CONNECTIONS_ARE_TOLD = "connections-are-told";

  private boolean called = false;

  @Override
  public void run(TellOrder order) {
    TellActivities listeners =
        Workflow.newActivityStub(TellActivities.class, ActivityTimings.telling(order.zone()));
    FileTeller connections = new FileTeller(order);
    boolean tellsConnections =
        Workflow.getVersion(CONNECTIONS_ARE_TOLD, Workflow.DEFAULT_VERSION, 1) > 0;
    Duration pause = PAUSES.first();
    boolean done = false;
    while (!done) {
      called = false;
      // First those who may give the file another name, which the others are then told.
      TellProgress first = tellsConnections ? connections.round() : TellProgress.NOTHING;
      TellProgress progress = first.plus(listeners.listeners(order.video()));
      Workflow.setCurrentDetails(progress.line());
      if (progress.left() > 0) {
        boolean more = Workflow.await(pause, () -> called);
        pause = more ? PAUSES.first() : PAUSES.after(pause);
      } else {
        done = !called;
      }
    }
  }

  @Override
  public void look() {
    called = true;
  }
}
