package dev.reencodarr.activities.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.WindowRepository;
import dev.reencodarr.activities.store.WindowScope;
import dev.reencodarr.workflows.window.WeekWindows;
import dev.reencodarr.workflows.window.WindowEnding;
import dev.reencodarr.workflows.window.WorkWindows;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real database and real programs, with a clock that is put forward. */
class HoldKeeperTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** A Friday, 21:59:50 in Berlin. */
  private static final Instant EVENING = Instant.parse("2026-11-27T20:59:50Z");

  private final Database database = TestDatabase.fresh();
  private final WindowRepository windows = new WindowRepository(database);
  private final MachineHold hold = new MachineHold();
  private final PutForward clock = new PutForward();
  private final String marker = Processes.marker();
  @TempDir private Path work;
  private JobFolders folders;
  private WindowSource source;
  private HoldKeeper keeper;

  /** A clock that stands still until it is set. */
  private static final class PutForward extends Clock {
    private Instant now = EVENING;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void open() throws Exception {
    folders = new JobFolders(work);
    source = new WindowSource(windows, new Machine("nas", "attic", work), clock);
    keeper = new HoldKeeper(List.of(source), hold, folders, clock);
  }

  @AfterEach
  void endWhatRuns() throws Exception {
    keeper.close();
    for (JobFolder left : folders.all()) {
      DetachedJob.in(left).end(Duration.ZERO);
    }
  }

  private void set(WindowScope scope, String text, WindowEnding ending) throws Exception {
    windows.set(scope, text, new WorkWindows(WeekWindows.parse(text), BERLIN, ending), "here");
    source.refresh();
  }

  private void at(String moment) {
    clock.now = Instant.parse(moment);
    keeper.look();
  }

  private JobFolder running() throws Exception {
    JobFolder folder = folders.folder("video", "key");
    DetachedJob.in(folder)
        .start(
            List.of("/bin/sh", "-c", "while :; do sleep 0.01; done", "sh", marker),
            TestTools.tools(),
            work.resolve("home"),
            new JobRecord.Attempt("w", "r", "a"),
            clock.now);
    Processes.await("it runs", SOON, () -> !program().isEmpty());
    return folder;
  }

  private List<Long> program() {
    return Processes.living(marker).stream()
        .filter(pid -> !Processes.commandLine(pid).contains("set -C"))
        .toList();
  }

  @Test
  void whatRunsIsStoppedWhenTheWindowClosesAndGoesOnWhenItOpens() throws Exception {
    set(new WindowScope.Everywhere(), "mon-fri 22:00-07:00", WindowEnding.STOP);
    at("2026-11-27T21:00:00Z");
    assertThat(hold.mayBegin()).isTrue();
    JobFolder job = running();

    at("2026-11-28T06:00:00Z");

    assertThat(hold.mayBegin()).isFalse();
    assertThat(hold.mayGoOn()).isFalse();
    assertThat(hold.why())
        .isEqualTo("outside its window until Mon 2026-11-30 22:00 (Europe/Berlin)");
    assertThat(DetachedJob.in(job).isHeld()).isTrue();
    assertThat(program()).isNotEmpty().allMatch(Processes::isStopped);

    Instant since = job.record().orElseThrow().runningSince();
    at("2026-11-30T21:00:00Z");

    assertThat(hold.mayBegin()).isTrue();
    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
    Processes.await("it runs", SOON, () -> program().stream().noneMatch(Processes::isStopped));
    assertThat(job.record().orElseThrow().runningSince())
        .as("held time is no running time")
        .isEqualTo(since.plus(Duration.between(Instant.parse("2026-11-28T06:00:00Z"), clock.now)));
  }

  @Test
  void withFinishWhatRunsGoesOnAndNothingBegins() throws Exception {
    set(new WindowScope.Everywhere(), "22:00-07:00", WindowEnding.FINISH);
    at("2026-11-27T21:00:00Z");
    JobFolder job = running();

    at("2026-11-28T12:00:00Z");

    assertThat(hold.mayBegin()).isFalse();
    assertThat(hold.mayGoOn()).isTrue();
    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
    assertThat(program()).noneMatch(Processes::isStopped);
  }

  @Test
  void anOperatorsFreezeOutlastsTheWindowsOpeningAndTheWindowsClosingOutlastsAThaw()
      throws Exception {
    set(new WindowScope.Everywhere(), "22:00-07:00", WindowEnding.STOP);
    at("2026-11-27T21:00:00Z");
    JobFolder job = running();
    at("2026-11-28T12:00:00Z");
    DetachedJob.in(job).freeze(clock.now);

    at("2026-11-28T22:00:00Z");

    assertThat(hold.mayBegin()).isTrue();
    assertThat(DetachedJob.in(job).isFrozen()).as("it is the operator's").isTrue();
    assertThat(program()).allMatch(Processes::isStopped);

    at("2026-11-29T12:00:00Z");
    assertThat(DetachedJob.in(job).isHeld()).isFalse();
    DetachedJob.in(job).thaw(clock.now);
    at("2026-11-29T12:00:01Z");

    assertThat(DetachedJob.in(job).isHeld()).as("the window is still closed").isTrue();
    Processes.await("it is stopped", SOON, () -> program().stream().allMatch(Processes::isStopped));
    at("2026-11-29T22:00:00Z");
    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
  }

  @Test
  void anotherWorkerLetsGoWhatTheOneBeforeItHasHeld() throws Exception {
    set(new WindowScope.Everywhere(), "22:00-07:00", WindowEnding.STOP);
    at("2026-11-28T12:00:00Z");
    JobFolder job = running();
    at("2026-11-28T12:00:01Z");
    assertThat(DetachedJob.in(job).isHeld()).isTrue();
    keeper.close();
    windows.clear(new WindowScope.Everywhere());

    keeper = new HoldKeeper(List.of(source), new MachineHold(), folders, clock);
    keeper.start();

    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
  }

  private static final class Silent implements HoldSource {
    @Override
    public void refresh() {}

    @Override
    public boolean isKnown() {
      return false;
    }

    @Override
    public List<Hold> holds() {
      return List.of();
    }
  }

  @Test
  void whatIsHeldStaysSoUntilEverybodyHasAnsweredAfterARestart() throws Exception {
    set(new WindowScope.Everywhere(), "22:00-07:00", WindowEnding.STOP);
    at("2026-11-28T12:00:00Z");
    JobFolder job = running();
    at("2026-11-28T12:00:01Z");
    assertThat(DetachedJob.in(job).isHeld()).isTrue();
    keeper.close();

    MachineHold after = new MachineHold();
    WindowSource late = new WindowSource(windows, new Machine("nas", "attic", work), clock);
    keeper = new HoldKeeper(List.of(late), after, folders, clock);
    keeper.look();

    assertThat(after.mayBegin()).isFalse();
    assertThat(DetachedJob.in(job).isHeld()).isTrue();
    windows.clear(new WindowScope.Everywhere());
    late.refresh();
    keeper.look();
    assertThat(after.mayBegin()).isTrue();
    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
  }

  @Test
  void whoeverNeverAnswersIsWaitedForOnlySoLong() throws Exception {
    JobFolder job = running();
    DetachedJob.in(job).hold(clock.now);
    source.refresh();

    keeper = new HoldKeeper(List.of(source, new Silent()), hold, folders, clock, SOON);
    keeper.look();
    assertThat(hold.mayBegin()).isFalse();
    assertThat(hold.mayGoOn()).as("what runs is not stopped for that").isTrue();
    assertThat(DetachedJob.in(job).isHeld()).isTrue();

    keeper = new HoldKeeper(List.of(source, new Silent()), hold, folders, clock, Duration.ZERO);
    keeper.look();
    assertThat(hold.mayBegin()).isTrue();
    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
  }

  @Test
  void theWindowsOfAHostGoBeforeThoseOfItsZoneAndThoseBeforeAll() throws Exception {
    set(new WindowScope.Everywhere(), "mon 00:00-01:00", WindowEnding.STOP);
    set(new WindowScope.OfZone("cellar"), "00:00-24:00", WindowEnding.STOP);
    set(new WindowScope.OfHost("other"), "00:00-24:00", WindowEnding.STOP);
    at("2026-11-27T12:00:00Z");
    assertThat(hold.mayBegin()).isFalse();

    set(new WindowScope.OfZone("attic"), "00:00-24:00", WindowEnding.STOP);
    at("2026-11-27T12:00:01Z");
    assertThat(hold.mayBegin()).isTrue();

    set(new WindowScope.OfHost("nas"), "tue 00:00-01:00", WindowEnding.FINISH);
    at("2026-11-27T12:00:02Z");
    assertThat(hold.mayBegin()).isFalse();
    assertThat(hold.mayGoOn()).isTrue();

    assertThat(windows.list().stream().map(stored -> stored.scope().words()))
        .containsExactly("every machine", "zone attic", "zone cellar", "host nas", "host other");
    assertThat(windows.clear(new WindowScope.OfHost("nas"))).isTrue();
    assertThat(windows.clear(new WindowScope.OfHost("nas"))).isFalse();
    source.refresh();
    at("2026-11-27T12:00:03Z");
    assertThat(hold.mayBegin()).isTrue();
  }

  @Test
  void withoutTheDatabaseTheLastKnownWindowsStayInForceAndCloseAndOpenOnTime() throws Exception {
    set(new WindowScope.Everywhere(), "22:00-07:00", WindowEnding.STOP);
    keeper.start();
    database.client().sql("alter table work_windows rename to taken_away").update();

    at("2026-11-27T21:00:00Z");
    assertThat(hold.mayBegin()).isTrue();
    Processes.await(
        "it was asked for in vain and the clock goes on",
        SOON,
        () -> {
          at("2026-11-28T06:00:00Z");
          return !hold.mayBegin();
        });
    long asked = System.nanoTime();
    Processes.await(
        "the next questions have failed", SOON, () -> System.nanoTime() - asked > 7_000_000_000L);
    assertThat(hold.mayGoOn()).isFalse();
  }

  @Test
  void windowsThatALaterVersionHasSetKeepWorkFromBeginningAndSaySo() throws Exception {
    set(new WindowScope.Everywhere(), "00:00-24:00", WindowEnding.STOP);
    database.client().sql("update work_windows set windows = 'at full moon'").update();
    source.refresh();
    keeper.look();

    assertThat(hold.mayBegin()).isFalse();
    assertThat(hold.mayGoOn()).isTrue();
    assertThat(hold.why())
        .isEqualTo("its windows 'at full moon' are not understood by this version");
  }
}
