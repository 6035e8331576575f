package dev.reencodarr.activities.sync;

import dev.reencodarr.workflows.sync.ConnectionEventsWorkflow;
import dev.reencodarr.workflows.sync.TouchedTitles;
import dev.reencodarr.workflows.temporal.EventsStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;

/** Has titles of a connection looked at by its workflow, which is started where it does not run. */
public final class EventsCall {

  /** A payload of some kilobytes. */
  private static final int TITLES_A_CALL = 500;

  private final WorkflowClient client;

  public EventsCall(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Returns when Temporal has all of them.
   *
   * @throws RuntimeException if it does not answer
   */
  public void touched(TouchedTitles touched) {
    List<Long> titles = touched.titles();
    for (int first = 0; first < titles.size(); first += TITLES_A_CALL) {
      call(touched.with(titles.subList(first, Math.min(first + TITLES_A_CALL, titles.size()))));
    }
  }

  private void call(TouchedTitles part) {
    ConnectionEventsWorkflow events =
        client.newWorkflowStub(ConnectionEventsWorkflow.class, EventsStart.options(part.name()));
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(events::touched, part);
    batch.add(events::run, part.with(List.of()));
    client.signalWithStart(batch);
  }
}
