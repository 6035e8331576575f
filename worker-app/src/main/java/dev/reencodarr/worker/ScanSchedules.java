package dev.reencodarr.worker;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.workflows.library.ScanSchedule;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.temporal.Schedules;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleListDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each library in use has a schedule for its scans, and no other has. Settings
 * count when a worker starts: who has changed a schedule in Temporal's UI meanwhile meant it.
 */
final class ScanSchedules {

  private static final Logger log = LoggerFactory.getLogger(ScanSchedules.class);
  private static final Duration LOOK = Duration.ofMinutes(1);

  private final LibraryRepository libraries;
  private final ScheduleClient schedules;
  private final Duration every;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("scan-schedules").daemon().factory());

  /**
   * @param every between two scans; zero: no library is scanned by itself
   */
  ScanSchedules(LibraryRepository libraries, WorkflowClient client, Duration every) {
    this.libraries = libraries;
    this.every = every;
    this.schedules = Schedules.of(client);
  }

  /** Begins to look; waits for nothing. */
  void start() {
    clock.execute(() -> quietly(this::applySetting));
    var _ =
        clock.scheduleWithFixedDelay(
            () -> quietly(this::look), 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop() {
    clock.shutdownNow();
  }

  private static void quietly(Runnable look) {
    try {
      look.run();
    } catch (RuntimeException e) {
      // Temporal or the database may be away; the next look finds the same.
      log.debug("schedules of scans could not be looked at", e);
    }
  }

  /** Schedules that are there already go by the setting of today. */
  void applySetting() {
    if (every.isPositive()) {
      libraries.list().forEach(library -> update(schedules.getHandle(id(library.id())), library));
    } else {
      there().forEach(id -> schedules.getHandle(id).delete());
    }
  }

  private void update(ScheduleHandle handle, Library library) {
    try {
      handle.update(input ->
          isOfToday(input.getDescription().getSchedule())
              ? null
              : new ScheduleUpdate(scheduleOf(library)));
    } catch (RuntimeException e) {
      // There is none yet, which is not worth a word.
      log.trace("schedule of {} was not updated", library.name(), e);
    }
  }

  private boolean isOfToday(Schedule schedule) {
    return schedule.getSpec().getIntervals().stream()
        .map(ScheduleIntervalSpec::getEvery)
        .toList()
        .equals(List.of(every));
  }

  /**
   * Makes what is missing, and takes away what is of no library in use. A machine that is to make
   * none takes none away that another one has made since.
   */
  void look() {
    Set<String> there = there();
    List<Library> inUse = libraries.list().stream().filter(library -> !library.readOnly()).toList();
    if (every.isPositive()) {
      inUse.stream().filter(library -> !there.contains(id(library.id()))).forEach(this::make);
    }
    Set<String> needed =
        inUse.stream().map(library -> id(library.id())).collect(Collectors.toSet());
    there.stream()
        .filter(id -> !needed.contains(id))
        .forEach(id -> schedules.getHandle(id).delete());
  }

  private Set<String> there() {
    try (Stream<ScheduleListDescription> all = schedules.listSchedules()) {
      return all.map(ScheduleListDescription::getScheduleId)
          .filter(id -> id.startsWith(WorkflowIds.SCAN))
          .collect(Collectors.toSet());
    }
  }

  private void make(Library library) {
    try {
      schedules.createSchedule(
          id(library.id()), scheduleOf(library), ScheduleOptions.newBuilder().build());
      log.info("library {} is scanned every {} hours", library.name(), every.toHours());
    } catch (ScheduleAlreadyRunningException made) {
      // By another worker; the list of schedules lags a moment behind.
    }
  }

  private Schedule scheduleOf(Library library) {
    return ScanSchedule.schedule(library.id(), library.name(), every);
  }

  private static String id(LibraryId library) {
    return WorkflowIds.scan(library);
  }
}
