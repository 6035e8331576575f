package dev.reencodarr.worker;

import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.workflows.broken.RedownloadOrder;
import dev.reencodarr.workflows.broken.RedownloadWorkflow;
import dev.reencodarr.workflows.temporal.RedownloadStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the getting of other copies that were ordered in this zone, whoever has ordered them. */
final class RedownloadCalls {

  private static final Logger log = LoggerFactory.getLogger(RedownloadCalls.class);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final BrokenSourceRepository sources;
  private final WorkflowClient client;
  private final String zone;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("redownload-calls").daemon().factory());

  RedownloadCalls(BrokenSourceRepository sources, WorkflowClient client, String zone) {
    this.sources = sources;
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
      sources.toBeStarted(zone).forEach(this::call);
      sources.perhapsArrived(zone).forEach(this::tell);
    } catch (RuntimeException e) {
      // The database may be away; the next look finds the same.
      log.debug("what is to be got again could not be looked for", e);
    }
  }

  private RedownloadWorkflow redownload(RedownloadOrder order) {
    return client.newWorkflowStub(
        RedownloadWorkflow.class, RedownloadStart.options(order.source()));
  }

  /** It looks by itself, too, only later. */
  private void tell(RedownloadOrder order) {
    try {
      RedownloadWorkflow redownload = redownload(order);
      BatchRequest batch = client.newSignalWithStartRequest();
      batch.add(redownload::look);
      batch.add(redownload::run, order);
      client.signalWithStart(batch);
    } catch (RuntimeException e) {
      log.debug("broken source {} could not be told of a new file", order.source(), e);
    }
  }

  private void call(RedownloadOrder order) {
    try {
      WorkflowClient.start(redownload(order)::run, order);
    } catch (WorkflowExecutionAlreadyStarted e) {
      log.trace("broken source {} is seen to", order.source(), e);
    } catch (RuntimeException e) {
      log.debug("broken source {} could not be seen to", order.source(), e);
      sources.notStarted(order.source());
    }
  }
}
