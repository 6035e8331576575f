package dev.reencodarr.worker;

import dev.reencodarr.workflows.fleet.FleetView;
import dev.reencodarr.workflows.fleet.FleetViewActivities;
import dev.reencodarr.workflows.fleet.FleetWorkflow;
import dev.reencodarr.workflows.temporal.FleetStart;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the fleet's workflow is there, and tells it to look when what it shows has
 * changed, also by the death of another worker. So it needs no timer, and no history while nothing
 * happens.
 */
final class FleetNews {

  private static final Logger log = LoggerFactory.getLogger(FleetNews.class);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final FleetViewActivities rows;
  private final WorkflowClient client;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fleet-news").daemon().factory());
  private @Nullable FleetView told;

  FleetNews(FleetViewActivities rows, WorkflowClient client) {
    this.rows = rows;
    this.client = client;
  }

  /** Begins to tell; waits for nothing. */
  void start() {
    var _ = clock.scheduleWithFixedDelay(this::tell, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    clock.shutdownNow();
  }

  private void tell() {
    try {
      FleetView now = rows.look();
      if (!now.equals(told)) {
        tellToLook();
        told = now;
      }
    } catch (RuntimeException e) {
      // Database or Temporal may be away; it is told the next time.
      log.debug("the fleet's workflow could not be told", e);
    }
  }

  private void tellToLook() {
    FleetWorkflow fleet = client.newWorkflowStub(FleetWorkflow.class, FleetStart.options());
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(fleet::look);
    batch.add(fleet::run);
    client.signalWithStart(batch);
  }
}
