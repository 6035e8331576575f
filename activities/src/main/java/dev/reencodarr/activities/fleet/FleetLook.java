package dev.reencodarr.activities.fleet;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.LivingWorker;
import dev.reencodarr.activities.store.Pause;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.fleet.FleetView;
import dev.reencodarr.workflows.fleet.FleetViewActivities;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeMap;

/** Reads how the fleet stands from the rows of its workers and pauses. */
public final class FleetLook implements FleetViewActivities {

  private final PauseRepository pauses;
  private final WorkerRepository workers;

  public FleetLook(Database database) {
    this.pauses = new PauseRepository(database);
    this.workers = new WorkerRepository(database);
  }

  @Override
  public FleetView look() {
    return new FleetView(
        pauses.ofMany().stream().map(FleetLook::line).toList(),
        pauses.ofVideos(),
        workers.living(WorkerRepository.FRESH).stream().map(FleetLook::worker).toList());
  }

  /** Such as {@code library TV since 2026-11-26T12:00:00Z, encodes frozen}. */
  private static String line(Pause pause) {
    String what =
        switch (pause.scope()) {
          case PauseScope.Everything() -> "everything";
          case PauseScope.OfLibrary(var _) -> "library " + pause.name();
          case PauseScope.OfVideo(var _) -> pause.name();
        };
    return what
        + " since "
        + pause.since().truncatedTo(ChronoUnit.SECONDS)
        + (pause.freezes() ? ", encodes frozen" : "");
  }

  private static FleetView.Worker worker(LivingWorker worker) {
    List<FleetView.NotServed> notServed =
        new TreeMap<>(worker.paused())
            .entrySet().stream()
                .map(each -> new FleetView.NotServed(each.getKey(), each.getValue()))
                .toList();
    return new FleetView.Worker(worker.host(), worker.zone(), worker.queues(), notServed);
  }
}
