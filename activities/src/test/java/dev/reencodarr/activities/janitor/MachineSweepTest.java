package dev.reencodarr.activities.janitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.encode.LivingJobs;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.workflows.janitor.Finding;
import dev.reencodarr.workflows.janitor.FindingKind;
import dev.reencodarr.workflows.janitor.Swept;
import dev.reencodarr.workflows.media.VideoId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real work folder with real processes. */
class MachineSweepTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  private final Database database = TestDatabase.fresh();
  private final Set<VideoId> running = new HashSet<>();
  @TempDir private Path work;
  private Library library = Rows.library(database, "/tv");
  private JobFolders jobs;
  private MachineSweep sweep;
  private boolean temporalIsAway = false;

  @BeforeEach
  void open() throws Exception {
    work = work.toRealPath();
    jobs = new JobFolders(work);
    sweep =
        new MachineSweep(
            jobs,
            new LivingJobs(jobs, DeviceBudgets.ofCpu(new CoreBudget(1, 1))),
            new Machine("here", "default", work),
            database,
            this::isRunning,
            Duration.ofSeconds(2),
            Duration.ofDays(14),
            beat -> {});
  }

  private boolean isRunning(VideoId video) {
    if (temporalIsAway) {
      throw new IllegalStateException("Temporal is away");
    }
    return running.contains(video);
  }

  @AfterEach
  void endWhatRuns() throws Exception {
    for (JobFolder left : jobs.all()) {
      DetachedJob.in(left).end(Duration.ZERO);
    }
    Processes.living(work.toString()).forEach(Processes::kill);
  }

  private Video video(String name) {
    return Rows.video(database, library, "/tv/" + name);
  }

  private JobFolder job(VideoId video, Duration age) throws Exception {
    JobFolder folder = jobs.folder(video.toString(), "key");
    Files.createDirectories(folder.path());
    Files.writeString(folder.file("result.mkv"), "a result");
    age(folder.path(), age);
    return folder;
  }

  private static void age(Path path, Duration age) throws Exception {
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
  }

  private static List<String> lines(Swept swept) {
    return swept.findings().stream().map(Finding::line).toList();
  }

  private Path keptLog(JobFolder folder, String said) throws Exception {
    Files.writeString(folder.log(), said);
    return jobs.logs().keep(folder).orElseThrow();
  }

  private Path samples(String name, Duration unused) throws Exception {
    Path folder = Files.createDirectories(work.resolve("samples").resolve(name));
    Files.writeString(folder.resolve("1.mkv"), "a sample");
    age(Files.writeString(folder.resolve("samples.json"), "{}"), unused);
    return folder;
  }

  @Test
  void samplesGoWhenNoProbeHasUsedThemForHours() throws Exception {
    Path old = samples("a".repeat(64), Duration.ofHours(7));
    Path inUse = samples("b".repeat(64), Duration.ofHours(5));
    age(inUse, Duration.ofDays(3));
    Path halfGone = samples("c".repeat(64), Duration.ZERO);
    Files.delete(halfGone.resolve("samples.json"));
    Path theirs = samples("holiday", Duration.ofDays(100));

    assertThat(lines(sweep.folders())).singleElement().asString().contains("holiday", "left alone");

    assertThat(old).doesNotExist();
    assertThat(inUse).exists();
    assertThat(halfGone).doesNotExist();
    assertThat(theirs).exists();
  }

  @Test
  void logsGoWhenTheirDaysAreOverAndNothingElseDoes() throws Exception {
    JobFolder folder = jobs.folder(UUID.randomUUID().toString(), "key");
    Files.createDirectories(folder.path());
    Path old = keptLog(folder, "said long ago");
    Path oldOfAStep = jobs.logs().create(Path.of("/films/it's a film"), "probe", Instant.now());
    Path young = keptLog(folder, "said lately");
    Path theirs = Files.writeString(old.resolveSibling("notes.txt"), "somebody's");
    age(old, Duration.ofDays(15));
    age(oldOfAStep, Duration.ofDays(15));
    age(young, Duration.ofDays(13));
    age(theirs, Duration.ofDays(100));

    assertThat(sweep.folders().count()).isZero();

    assertThat(old).doesNotExist();
    assertThat(oldOfAStep).doesNotExist();
    assertThat(young).exists();
    assertThat(theirs).exists();
  }

  @Test
  void aJobIsKeptWhileItsVideoIsAtWorkHoweverOldItIs() throws Exception {
    VideoId atWork = video("at work.mkv").id();
    running.add(atWork);
    JobFolder folder = job(atWork, Duration.ofDays(20));

    assertThat(sweep.folders().count()).isZero();

    assertThat(folder.path()).exists();
  }

  @Test
  void aJobWhoseVideoHasEndedGoesAtOnceAndSaysSo() throws Exception {
    VideoId ended = video("ended.mkv").id();
    new VideoRepository(database).cancel(ended, "");
    JobFolder folder = job(ended, Duration.ZERO);

    Swept swept = sweep.folders();

    assertThat(folder.path()).doesNotExist();
    assertThat(lines(swept))
        .containsExactly(
            "job folder " + folder.name() + " on here: its video is cancelled: removed");
  }

  @Test
  void aJobThatSomebodyMayComeBackForIsKeptForADay() throws Exception {
    JobFolder fresh = job(video("found.mkv").id(), Duration.ofHours(23));
    JobFolder stale = job(video("found long ago.mkv").id(), Duration.ofHours(25));
    JobFolder unknown = job(new VideoId(UUID.randomUUID()), Duration.ofHours(25));

    Swept swept = sweep.folders();

    assertThat(fresh.path()).exists();
    assertThat(stale.path()).doesNotExist();
    assertThat(unknown.path()).doesNotExist();
    assertThat(swept.count()).isEqualTo(2);
  }

  @Test
  void whatIsNoJobIsLeftAloneAndSaid() throws Exception {
    Path theirs = Files.createDirectories(work.resolve("jobs/my\nown folder"));
    age(theirs, Duration.ofDays(100));

    Swept swept = sweep.folders();

    assertThat(theirs).exists();
    assertThat(swept.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(FindingKind.UNKNOWN))
        .satisfies(finding -> assertThat(finding.line()).contains("my?own folder"));
  }

  @Test
  void aJobThatRunsIsNotTouchedWhileItsVideoIsAtWork() throws Exception {
    VideoId atWork = video("at work.mkv").id();
    running.add(atWork);
    JobFolder folder = job(atWork, Duration.ofDays(2));
    start(folder, "sleep 300; exit");

    assertThat(sweep.folders().count()).isZero();
    assertThat(sweep.processes().count()).isZero();

    assertThat(DetachedJob.in(folder).isRunning()).isTrue();
  }

  @Test
  void aJobThatRunsForAVideoThatIsParkedOrAtItsEndIsEndedAndOneThatIsFrozenIsNot()
      throws Exception {
    VideoId ended = video("ended.mkv").id();
    new VideoRepository(database).cancel(ended, "");
    JobFolder ofEnded = job(ended, Duration.ZERO);
    VideoId parked = waiting("parked.mkv");
    JobFolder ofParked = job(parked, Duration.ZERO);
    JobFolder frozen = job(waiting("frozen.mkv"), Duration.ZERO);
    for (JobFolder folder : List.of(ofEnded, ofParked, frozen)) {
      start(folder, "sleep 300; exit");
    }
    DetachedJob.in(frozen).freeze(Instant.now());

    Swept swept = sweep.folders();

    assertThat(inFolder(ofEnded)).isEmpty();
    assertThat(inFolder(ofParked)).isEmpty();
    assertThat(ofParked.exists()).isFalse();
    assertThat(DetachedJob.in(frozen).isFrozen()).isTrue();
    assertThat(lines(swept))
        .containsExactlyInAnyOrder(
            "job "
                + ofEnded.name()
                + " on here ran on, though its video is cancelled and nobody waits for it: ended",
            "job "
                + ofParked.name()
                + " on here ran on, though its video is waiting and nobody waits for it: ended");
  }

  private VideoId waiting(String name) {
    VideoId video = video(name).id();
    running.add(video);
    database
        .client()
        .sql("update videos set state = 'waiting' where id = ?")
        .param(video.value())
        .update();
    return video;
  }

  @Test
  void withoutTemporalsWordNothingIsRemoved() throws Exception {
    JobFolder folder = job(new VideoId(UUID.randomUUID()), Duration.ofDays(20));
    temporalIsAway = true;

    assertThatThrownBy(() -> sweep.folders()).hasMessageContaining("away");

    assertThat(folder.path()).exists();
  }

  @Test
  void probesAndHalfTokensOfADayGoAndYoungOnesStay() throws Exception {
    Path old = Files.createDirectories(work.resolve("probes/" + UUID.randomUUID()));
    Path source = Files.writeString(work.resolve("film.mkv"), "a film");
    Files.createSymbolicLink(old.resolve("src.mkv"), source);
    age(old, Duration.ofHours(25));
    Path young = Files.createDirectories(work.resolve("probes/" + UUID.randomUUID()));
    Path theirs = Files.createDirectories(work.resolve("probes/notes"));
    Path half = Files.createDirectories(work.resolve("attempts")).resolve(".EncodeEncode-half");
    Files.createFile(half);
    age(half, Duration.ofHours(25));
    Path whole = Files.writeString(work.resolve("attempts/EncodeEncode-whole"), "token");
    age(whole, Duration.ofHours(25));

    Swept swept = sweep.folders();

    assertThat(old).doesNotExist();
    assertThat(half).doesNotExist();
    assertThat(source).hasContent("a film");
    assertThat(List.of(young, theirs, whole)).allMatch(Files::exists);
    assertThat(swept.findings())
        .extracting(Finding::kind)
        .containsExactlyInAnyOrder(FindingKind.LEFTOVER, FindingKind.LEFTOVER, FindingKind.UNKNOWN);
  }

  private void start(JobFolder folder, String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    DetachedJob.in(folder)
        .start(
            command,
            TestTools.tools(),
            work.resolve("home"),
            new JobRecord.Attempt("video/1", "run", "activity"),
            Instant.now());
  }

  /** What ffmpeg is when ab-av1 and the wrapper were killed. */
  @Test
  void aProgramThatLostItsJobIsEndedWithAllThatItHasStarted() throws Exception {
    JobFolder folder = job(video("film.mkv").id(), Duration.ZERO);
    start(folder, "(sleep 300; exit) & echo on >ready; wait");
    Processes.await("all of it runs", SOON, () -> Files.exists(folder.file("ready")));
    Processes.await("it has children", SOON, () -> inFolder(folder).size() == 4);
    // The wrapper, ab-av1 in the middle; what it has started lives on.
    List<Long> killed = inFolder(folder).stream().sorted().limit(2).toList();
    killed.forEach(Processes::kill);
    Processes.await(
        "both are dead", SOON, () -> inFolder(folder).stream().noneMatch(killed::contains));
    assertThat(DetachedJob.in(folder).isRunning()).isFalse();
    assertThat(inFolder(folder)).hasSize(2);

    Swept swept = sweep.processes();

    assertThat(inFolder(folder)).isEmpty();
    assertThat(swept.findings())
        .isNotEmpty()
        .allMatch(finding -> finding.kind() == FindingKind.ORPHANED_PROCESS)
        .allMatch(finding -> finding.line().endsWith("nobody waited for it: ended"));
  }

  private static boolean isShell(long pid) {
    return Processes.commandLine(pid).startsWith("/bin/sh");
  }

  private static List<Long> inFolder(JobFolder folder) {
    return Processes.living(folder.path().toString());
  }

  /** A shell of somebody who looks around in our folder. */
  @Test
  void aProgramThatWeDidNotStartLivesOnThoughItWorksInOurFolder() throws Exception {
    JobFolder folder = job(video("film.mkv").id(), Duration.ZERO);
    Process theirs =
        new ProcessBuilder("/usr/bin/setsid", "/bin/sh", "-c", "sleep 300 & echo started; wait")
            .directory(folder.path().toFile())
            .start();
    try {
      assertThat(theirs.inputReader().readLine()).isEqualTo("started");
      // Its parent goes, so that it is no child of this process either.
      List<Long> before = inFolder(folder);
      Processes.kill(before.stream().filter(MachineSweepTest::isShell).findFirst().orElseThrow());
      Processes.await("the shell is dead", SOON, () -> inFolder(folder).size() == 1);

      assertThat(sweep.processes().count()).isZero();

      assertThat(inFolder(folder)).hasSize(1);
    } finally {
      inFolder(folder).forEach(Processes::kill);
    }
  }
}
