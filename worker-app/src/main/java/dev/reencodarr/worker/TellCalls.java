package dev.reencodarr.worker;

import dev.reencodarr.activities.store.ToBeTold;
import dev.reencodarr.workflows.sync.TellOrder;
import dev.reencodarr.workflows.sync.TellWorkflow;
import dev.reencodarr.workflows.temporal.TellStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the telling of what the rows of this zone say is to be told. A video's own workflow need
 * not know of it: what is to be told stands in the row's transaction.
 */
final class TellCalls {

  private static final Logger log = LoggerFactory.getLogger(TellCalls.class);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final List<ToBeTold> tellings;
  private final WorkflowClient client;
  private final String zone;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tell-calls").daemon().factory());

  TellCalls(List<ToBeTold> tellings, WorkflowClient client, String zone) {
    this.tellings = List.copyOf(tellings);
    this.client = client;
    this.zone = zone;
  }

  /** Begins to look; waits for nothing. */
  void start() {
    var _ =
        clock.scheduleWithFixedDelay(
            this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    clock.shutdownNow();
  }

  private void look() {
    try {
      for (ToBeTold rows : tellings) {
        rows.toBeCalled(zone).forEach(order -> call(rows, order));
        rows.toBeStartedWhereGone(zone).forEach(this::startWhereGone);
      }
    } catch (RuntimeException e) {
      // The database may be away; the next look finds the same.
      log.debug("what is to be told could not be looked for", e);
    }
  }

  private TellWorkflow tell(TellOrder order) {
    return client.newWorkflowStub(TellWorkflow.class, TellStart.options(order.video()));
  }

  /** Without a signal: that would make a server that is away be asked as often as at first. */
  private void startWhereGone(TellOrder order) {
    try {
      WorkflowClient.start(tell(order)::run, order);
    } catch (WorkflowExecutionAlreadyStarted e) {
      log.trace("{} is being told of", order.video(), e);
    } catch (RuntimeException e) {
      // It is looked for again in an hour.
      log.debug("the telling of {} could not be started", order.video(), e);
    }
  }

  private void call(ToBeTold rows, TellOrder order) {
    try {
      TellWorkflow tell = tell(order);
      BatchRequest batch = client.newSignalWithStartRequest();
      batch.add(tell::look);
      batch.add(tell::run, order);
      client.signalWithStart(batch);
    } catch (RuntimeException e) {
      log.debug("the telling of {} could not be started", order.video(), e);
      rows.notCalled(order.video());
    }
  }
}
