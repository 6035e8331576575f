package dev.reencodarr.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.encode.TestTemporal;
import dev.reencodarr.activities.library.ScanOrders;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.temporal.Payloads;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleListDescription;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Schedules of scans, on a real Temporal and a real database. */
class ScanSchedulesTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static TestTemporal temporal;

  private final Database database = TestDatabase.fresh();
  private final LibraryRepository libraries = new LibraryRepository(database);
  private final Library films = libraries.add("films", new MediaPath("/films"), "default", false);
  private final Library trial = libraries.add("trial", new MediaPath("/trial"), "default", true);

  @BeforeAll
  static void start() throws Exception {
    temporal = TestTemporal.start();
  }

  @AfterAll
  static void stop() throws Exception {
    temporal.stop();
    temporal.close();
  }

  private ScanSchedules every(Duration time) {
    return new ScanSchedules(libraries, temporal.client(), time);
  }

  private static ScheduleClient schedules() {
    return ScheduleClient.newInstance(
        temporal.client().getWorkflowServiceStubs(),
        ScheduleClientOptions.newBuilder().setDataConverter(Payloads.converter()).build());
  }

  private static Set<String> there() {
    try (Stream<ScheduleListDescription> all = schedules().listSchedules()) {
      return all.map(ScheduleListDescription::getScheduleId).collect(Collectors.toSet());
    }
  }

  @Test
  void eachLibraryInUseHasAScheduleThatGoesByTheSettingOfTheLastStart() throws Exception {
    String id = WorkflowIds.scan(films.id());
    every(Duration.ofHours(6)).look();
    Processes.await("it is listed", SOON, () -> there().contains(id));
    assertThat(there()).doesNotContain(WorkflowIds.scan(trial.id()));

    ScanSchedules later = every(Duration.ofHours(2));
    later.applySetting();
    later.look();

    assertThat(schedules().getHandle(id).describe().getSchedule().getSpec().getIntervals())
        .extracting(ScheduleIntervalSpec::getEvery)
        .containsExactly(Duration.ofHours(2));

    libraries.remove(films.id());
    later.look();

    Processes.await("it is gone", SOON, () -> !there().contains(id));
  }

  @Test
  void whereNothingIsToBeScannedByItselfThereIsNoSchedule() throws Exception {
    String id = WorkflowIds.scan(films.id());
    every(Duration.ofHours(6)).look();
    Processes.await("it is listed", SOON, () -> there().contains(id));

    every(Duration.ZERO).applySetting();

    Processes.await("it is gone", SOON, () -> !there().contains(id));
  }

  @Test
  void aScanIsOrderedOnceUntilItIsDoneAndForgottenThen() {
    ScanOrders orders = new ScanOrders(database, temporal.client());
    RequestRepository requests = new RequestRepository(database);

    assertThat(orders.order(films.id())).isEqualTo("ordered");
    assertThat(orders.order(films.id())).isEqualTo("the scan before is still to be done");
    WorkRequest ordered = requests.open(films.id()).getFirst();
    assertThat(ordered.scheduled()).isTrue();
    assertThat(ordered.scopes()).containsExactly(films.root());

    requests.scanned(ordered.id(), new ScanTally(0, 0, 0, 0, 0, 0, 0, 0));
    assertThat(orders.order(films.id())).isEqualTo("ordered");

    WorkRequest next = requests.open(films.id()).getFirst();
    requests.scanned(next.id(), new ScanTally(0, 0, 0, 0, 0, 0, 0, 0));
    requests.absorb(next.id());
    assertThat(requests.find(ordered.id())).as("nobody asks for it any more").isEmpty();
    assertThat(requests.find(next.id())).as("the latest").isPresent();
    assertThat(orders.order(trial.id())).isEqualTo("the library was taken out of use");
  }
}
