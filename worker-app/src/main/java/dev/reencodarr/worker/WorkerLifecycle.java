package dev.reencodarr.worker;

import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.hold.HoldKeeper;
import dev.reencodarr.activities.library.change.WatchedLibraries;
import dev.reencodarr.activities.temporal.LostAttempts;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts polling only after living encodes have taken their slots and lost attempts are handed
 * back; drains before the process ends, which Spring's integration does not.
 */
final class WorkerLifecycle implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WorkerLifecycle.class);

  /** Short: encodes are not waited for, they live on and are attached to again. */
  private static final long GRACE_SECONDS = 12;

  private final WorkerFactory workers;
  private final LivingJobs livingJobs;
  private final LostAttempts lostAttempts;
  private final SearchAttributeCheck searchAttributes;
  private final WorkerHealth health;
  private final HoldKeeper holds;
  private final JanitorCall janitor;
  private final FleetNews fleet;
  private final TellCalls tellings;
  private final RedownloadCalls redownloads;
  private final SyncSchedules syncs;
  private final ScanSchedules scans;
  private final WatchedLibraries watches;
  private final WebhookHearing webhooks;

  WorkerLifecycle(
      WorkerFactory workers,
      LivingJobs livingJobs,
      LostAttempts lostAttempts,
      SearchAttributeCheck searchAttributes,
      WorkerHealth health,
      HoldKeeper holds,
      JanitorCall janitor,
      FleetNews fleet,
      TellCalls tellings,
      RedownloadCalls redownloads,
      SyncSchedules syncs,
      ScanSchedules scans,
      WatchedLibraries watches,
      WebhookHearing webhooks) {
    this.workers = workers;
    this.livingJobs = livingJobs;
    this.lostAttempts = lostAttempts;
    this.searchAttributes = searchAttributes;
    this.health = health;
    this.holds = holds;
    this.janitor = janitor;
    this.fleet = fleet;
    this.tellings = tellings;
    this.redownloads = redownloads;
    this.syncs = syncs;
    this.scans = scans;
    this.watches = watches;
    this.webhooks = webhooks;
  }

  @Override
  public void start() {
    searchAttributes.require();
    janitor.prepare();
    syncs.prepare();
    holds.start();
    try {
      livingJobs.holdCores();
    } catch (IOException e) {
      throw new UncheckedIOException("the work folder cannot be read", e);
    }
    lostAttempts.handBackAll();
    health.start();
    workers.start();
    log.info("worker is polling");
    janitor.come();
    fleet.start();
    tellings.start();
    redownloads.start();
    scans.start();
    watches.start();
    webhooks.start();
  }

  @Override
  public void stop() {
    webhooks.stop();
    watches.stop();
    scans.stop();
    redownloads.stop();
    tellings.stop();
    fleet.stop();
    health.stop();
    if (!workers.isStarted()) {
      return;
    }
    workers.shutdown();
    workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    if (!workers.isTerminated()) {
      workers.shutdownNow();
      workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
    }
    log.info(workers.isTerminated() ? "worker has drained" : "worker did not drain in time");
  }

  @Override
  public boolean isRunning() {
    return workers.isStarted() && !workers.isShutdown();
  }
}
