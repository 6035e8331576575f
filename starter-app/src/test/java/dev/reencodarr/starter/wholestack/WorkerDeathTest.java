package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.FfmpegWithoutVmaf;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.store.EncodeRow;
import dev.reencodarr.activities.store.FailureReporting;
import dev.reencodarr.activities.store.FailureRow;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.report.CriticalFailure;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers come and go in the middle of an encode: it is taken over, and launched once. One that is
 * unfit takes none.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WorkerDeathTest {

  /** The promise, counted from where the next worker asks for work. */
  private static final Duration TO_ATTACH = Duration.ofSeconds(15);

  /** The worker's two graces, and a margin for a busy machine. */
  private static final Duration TO_DRAIN = Duration.ofSeconds(40);

  /** A clip whose encode still runs when the next command has begun, on any machine. */
  private static final int LONGER_THAN_A_COMMAND_SECONDS = 90;

  /** {@link Files#mismatch} of equal files. */
  private static final long SAME = -1;

  private static final Pattern UNDER_WAY = Pattern.compile("encoding [1-9]\\d* %");

  @TempDir private static Path folder;
  private static Installation installation;
  private static Path clip;

  @BeforeAll
  static void startWithASlowEncoderAndAQuickSearch() throws Exception {
    clip = TestClips.made(folder.resolve("clip.mkv"), 25);
    Path films = Files.createDirectories(folder.resolve("films"));
    installation =
        new Installation(
            folder.resolve("home"),
            "presets: [4]",
            "min_crf: 40",
            "max_crf: 40",
            "cpu_jobs: 1",
            "cpu_threads: 1",
            "vmaf_scale: none",
            "vmaf_subsample: 10");
    installation.withAWorkerIn(folder.resolve("program"));
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "films");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  @Test
  @Order(1)
  void anEncodeOutlivesAWorkerThatIsKilledAndOneThatIsStoppedForAnUpgrade() throws Exception {
    Path film = order("outlives.mkv");
    byte[] original = Files.readAllBytes(film);
    RunningEncode encode = underWay(film);

    String first = encode.attempt();
    int workers = workersSoFar();
    // Held still while workers come and go, so that it ends before on no machine.
    encode.hold();
    ProcessHandle killed = installation.member("worker");
    assertThat(killed.destroyForcibly()).isTrue();
    Installation.until("the worker is gone", () -> !killed.isAlive());
    assertTakenOver(encode, first, workers);

    String second = encode.attempt();
    workers = workersSoFar();
    encode.hold();
    ProcessHandle stopped = installation.member("worker");
    Path old = Files.createLink(folder.resolve("old.jar"), runningJar());
    upgradeOnDisk();
    assertThat(stopped.destroy()).isTrue();
    Installation.until("the worker has drained", TO_DRAIN, () -> !stopped.isAlive());
    assertThat(workerLog())
        .as("the old program was whole to its end")
        .contains("worker has drained")
        .doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "ZipException");
    assertTakenOver(encode, second, workers);
    assertThat(Files.mismatch(runningJar(), installation.workerJar())).isEqualTo(SAME);
    assertThat(Files.mismatch(runningJar(), old)).isNotEqualTo(SAME);

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.encodes(film))
        .singleElement()
        .satisfies(row -> assertThat(row.launches()).isEqualTo(1))
        .satisfies(row -> assertThat(row.ending()).isEqualTo(EncodeRow.Ending.FINISHED));
    assertThat(installation.known(film).get("failures").findValuesAsText("message"))
        .as("the killed worker's successor spoke for it, the stopped one for itself")
        .containsExactlyInAnyOrder(
            "Worker restarted: the worker was started anew",
            "Worker restarted: the attempt was given up; the encode runs on");
    assertThat(installation.jobs(film)).isEmpty();
    assertThat(Files.size(film)).isLessThan(original.length);
    assertThat(Quarantine.of(folder.resolve("films")).original("outlives.mkv"))
        .hasBinaryContent(original);
  }

  @Test
  @Order(2)
  void aSecondWorkerOfOneHomeIsRefusedAndTheFirstWorksOn() throws Exception {
    ProcessHandle first = installation.member("worker");
    Path said = folder.resolve("second.log");

    Process second =
        AnotherMachine.worker(installation.workerJar(), installation.home())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(second.waitFor()).isEqualTo(1);
    assertThat(said)
        .content()
        .contains("a worker of " + installation.home())
        .endsWith("runs already: process " + first.pid() + "\n")
        .hasLineCount(1);
    Installation.Said up = installation.type("up", "--detach");
    assertThat(up.exitCode()).isEqualTo(1);
    assertThat(up.err()).contains("runs already, under pid");
    assertThat(installation.member("worker")).isEqualTo(first);
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  @Order(3)
  void aFilmThatCostsThreeWorkersIsParkedUntilSomebodySaysRetry() throws Exception {
    Path film = order("poison.mkv");
    byte[] original = Files.readAllBytes(film);
    RunningEncode encode = underWay(film);
    encode.hold();

    for (int lost = 1; lost <= 3; lost++) {
      loseTheWorker(film, encode);
    }

    Installation.until("it is parked", () -> installation.state(film).equals("waiting"));
    assertThat(installation.failureRows(film).reversed())
        .allSatisfy(row -> {
          assertThat(row.stage()).isEqualTo(FailureStage.ENCODING);
          assertThat(row.code()).isEqualTo("ENV");
          assertThat(row.message()).startsWith("Worker lost: ");
        })
        .extracting(FailureRow::isFinal)
        .containsExactly(false, false, true);
    assertThat(film).hasBinaryContent(original);
    encode.goOn();

    installation.typeWell("retry", film);

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.failureRows(film)).allMatch(row -> row.resolvedAt().isPresent());
    assertThat(Quarantine.of(folder.resolve("films")).original("poison.mkv"))
        .hasBinaryContent(original);
  }

  /** The worker stands still until Temporal has given it up, and goes on then. */
  private static void loseTheWorker(Path film, RunningEncode encode) throws Exception {
    String id = installation.known(film).get("id").asText();
    try (PendingActivities pending =
        new PendingActivities(
            installation.settings().connections().temporalAddress().orElseThrow(), "video/" + id)) {
      Installation.until("the encode is waited for", () -> pending.includes(encode.attempt()));
      String attempt = encode.attempt();
      long worker = installation.member("worker").pid();
      Processes.stop(worker);
      try {
        pending.waitLessLongForAHeartbeat(attempt);
        Installation.until("it is given up", () -> !pending.includes(attempt));
      } finally {
        Processes.resume(worker);
      }
    }
  }

  @Test
  @Order(4)
  void ofTwoMachinesThatBothEncodedOneSwapsAndTheOthersResultIsDropped() throws Exception {
    Path cancelled = order("cancelled.mkv");
    byte[] original = Files.readAllBytes(cancelled);
    RunningEncode inTheWay = underWay(cancelled);
    inTheWay.hold();
    try (AnotherMachine away = AnotherMachine.start(folder.resolve("away"), "away", installation)) {
      Installation.until("the other machine is at work", away::isAtWork);
      Path film = order("twice.mkv");
      Installation.until("it encodes there", () -> !away.jobs().isEmpty() && hasBeat(film));
      JobFolder theirs = away.jobs().getFirst();

      away.cutOff();
      loseContact(film, theirs);
      installation.typeWell("cancel", cancelled);
      Installation.until(
          "it is cancelled", () -> installation.state(cancelled).equals("cancelled"));
      Installation.until("its encode is ended", () -> inTheWay.processes().isEmpty());
      assertThat(cancelled).hasBinaryContent(original);
      Installation.until("it is encoded here too", () -> !installation.jobs(film).isEmpty());
      Installation.until(
          "the machine that is cut off has its result",
          () -> DetachedJob.in(theirs).state() instanceof DetachedJob.State.Ended);
      away.comeBack();

      Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
      assertThat(installation.encodes(film))
          .extracting(EncodeRow::ending)
          .containsOnly(EncodeRow.Ending.FINISHED);
      assertThat(replacements(film)).isOne();
      assertThat(Quarantine.of(folder.resolve("films")).original("twice.mkv"))
          .hasBinaryContent(original);
      assertThat(installation.jobs(film)).isEmpty();
      installation.janitorRound();
      assertThat(away.jobs()).isEmpty();
    }
  }

  /** What is cut off is heard of no more, and not waited for as long as it would be. */
  private static void loseContact(Path film, JobFolder theirs) throws Exception {
    try (PendingActivities pending =
        new PendingActivities(
            installation.settings().connections().temporalAddress().orElseThrow(),
            "video/" + installation.known(film).get("id").asText())) {
      String lost = theirs.record().orElseThrow().attempt().activityId();
      pending.waitLessLongForAHeartbeat(lost);
      Installation.until(
          "the machine is asked again",
          () -> pending.all().stream().anyMatch(next -> !next.getActivityId().equals(lost)));
      pending.waitLessLongForItsStart(pending.all().getFirst().getActivityId());
    }
  }

  @Test
  @Order(5)
  void aWorkerWithoutLibvmafBesideAHealthyOneFailsNoVideoAndWorksOnceItIsMended() throws Exception {
    int before = finalFailuresOfVideos();
    Path ffmpeg = Files.createDirectories(folder.resolve("unfit tools")).resolve("ffmpeg");
    FfmpegWithoutVmaf.made(ffmpeg);
    try (AnotherMachine _ =
        AnotherMachine.start(folder.resolve("unfit"), "unfit", installation, ffmpeg)) {
      Installation.until(
          "it says what it does not serve",
          () ->
              installation
                  .pausedQueues()
                  .equals(Set.of("search-cpu@default", "encode-cpu@default", "host@unfit")));
      assertThat(installation.typeWell("status").out())
          .containsPattern(
              "PAUSED .*encode-cpu@default.*: ffmpeg has no working libvmaf: .*'libvmaf'")
          .contains("CRITICAL");
      Installation.Said doctor = installation.type("doctor");
      assertThat(doctor.exitCode()).isNotZero();
      assertThat(doctor.out() + doctor.err())
          .contains("unfit has stopped encode-cpu@default: ffmpeg has no working libvmaf");
      Installation.until("it is on record, once for each queue", () -> ofMachines().size() == 3);
      assertThat(ofMachines())
          .allSatisfy(failure -> {
            assertThat(failure.code()).isEqualTo("ENV");
            assertThat(failure.message())
                .startsWith("unfit does not serve ")
                .contains("Tool missing or unfit: ffmpeg has no working libvmaf");
          });
      JsonNode told = installation.typeWell("failures", "critical", "--format", "json").json();
      assertThat(told.findValues("video_path")).hasSize(3).allMatch(JsonNode::isNull);

      List<Path> films = new ArrayList<>();
      for (int number = 1; number <= 2; number++) {
        films.add(TestClips.made(folder.resolve("films/short " + number + ".mkv"), 1 + number));
      }
      installation.typeWell("enqueue", folder.resolve("films"), "--target", "60");
      Installation.until(
          "all are encoded",
          () -> films.stream().allMatch(film -> installation.state(film).equals("encoded")));

      assertThat(finalFailuresOfVideos()).as("no video has failed of it").isEqualTo(before);
      assertThat(films)
          .allSatisfy(film ->
              assertThat(installation.encodes(film))
                  .extracting(EncodeRow::host)
                  .containsExactly(installation.settings().place().host()));
      assertThat(pollersOfEncodes()).isNotEmpty().noneMatch(who -> who.startsWith("unfit:"));

      Path mended = Files.createSymbolicLink(folder.resolve("mended"), TestTools.tools().ffmpeg());
      Files.move(mended, ffmpeg, StandardCopyOption.ATOMIC_MOVE);

      Installation.until(
          "it serves them again by itself", () -> installation.pausedQueues().isEmpty());
      Installation.until(
          "it asks for encodes",
          () -> pollersOfEncodes().stream().anyMatch(who -> who.startsWith("unfit:")));
      Installation.until("nothing is wrong any more", () -> ofMachines().isEmpty());
    }
  }

  /** The critical failures that are no video's. */
  private static List<CriticalFailure> ofMachines() {
    return new FailureReporting(installation.database())
        .getCriticalFailures().stream().filter(failure -> failure.videoId().isEmpty()).toList();
  }

  private static int finalFailuresOfVideos() {
    return installation
        .database()
        .client()
        .sql("select count(*) from video_failures where \"final\" and video_id is not null")
        .query(Integer.class)
        .single();
  }

  /** Who has asked Temporal for encodes in the last minutes: host and home. */
  private static List<String> pollersOfEncodes() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(installation.settings().connections().temporalAddress().orElseThrow())
                .build());
    try {
      return stubs
          .blockingStub()
          .describeTaskQueue(
              DescribeTaskQueueRequest.newBuilder()
                  .setNamespace("default")
                  .setTaskQueue(TaskQueue.newBuilder().setName("encode-cpu@default"))
                  .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                  .build())
          .getPollersList()
          .stream()
          .map(PollerInfo::getIdentity)
          .toList();
    } finally {
      stubs.shutdownNow();
    }
  }

  @Test
  @Order(6)
  void downAndCtrlCEndEncodesAndSaySoUnlessTheyAreToldToKeepThem() throws Exception {
    Path film = TestClips.made(folder.resolve("films/kept.mkv"), LONGER_THAN_A_COMMAND_SECONDS);
    installation.typeWell("enqueue", film, "--target", "60");
    byte[] original = Files.readAllBytes(film);
    RunningEncode encode = underWay(film);

    String before = encode.attempt();
    int workers = workersSoFar();
    encode.hold();
    assertThat(installation.typeWell("down", "--keep-encodes").err())
        .contains("keeps running: kept.mkv");
    assertThat(installation.processes()).isNotEmpty().allMatch(encode::includes);
    Path said = folder.resolve("up.log");
    Process up = installation.typeAndStay(said, "up");
    assertTakenOver(encode, before, workers);

    Instant begun = encode.begun();
    interrupt(up);
    assertThat(said).content().contains("ending the encode of kept.mkv", "it begins anew");
    assertThat(installation.processes()).isEmpty();
    assertThat(encode.folder()).doesNotExist();

    installation.typeWell("up", "--detach");
    RunningEncode anew = underWay(film);
    assertThat(anew.begun()).isAfter(begun);
    assertThat(anew.launches()).isEqualTo(1);
    assertThat(installation.typeWell("down").err()).contains("is lost and begins anew: kept.mkv");
    assertThat(installation.processes()).isEmpty();
    assertThat(anew.folder()).doesNotExist();
    assertThat(film).hasBinaryContent(original);
  }

  /** As Ctrl-C does. */
  private static void interrupt(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor())
        .isZero();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    assertThat(process.exitValue()).as("128 and the number of the signal").isEqualTo(130);
  }

  private static Path order(String name) throws Exception {
    Path film = Files.copy(clip, folder.resolve("films").resolve(name));
    installation.typeWell("enqueue", film, "--target", "60");
    return film;
  }

  /** Waits until people are shown how far the encode of this film has come. */
  private static RunningEncode underWay(Path film) throws Exception {
    Installation.until(film + " is being encoded", () -> hasProgress(film));
    Installation.until("people are shown how far it is", () -> hasBeat(film));
    return new RunningEncode(installation.jobs(film).getFirst());
  }

  private static boolean hasProgress(Path film) throws IOException {
    return installation.state(film).equals("encoding")
        && installation.jobs(film).stream().anyMatch(job -> Files.exists(job.file("progress")));
  }

  /** The next worker waits for the very same processes, and they get on. */
  private static void assertTakenOver(RunningEncode encode, String attempt, int workers)
      throws Exception {
    Installation.until("another worker asks for work", () -> workersSoFar() > workers);
    Installation.until(
        "the encode is attached to", TO_ATTACH, () -> !encode.attempt().equals(attempt));
    assertThat(encode.launches()).isEqualTo(1);
    long frames = encode.frames();
    encode.goOn();
    Installation.until("the encode gets on", () -> encode.frames() > frames);
  }

  /** Another build takes the place of the worker's program while it runs. */
  private static void upgradeOnDisk() throws IOException {
    Path jar = installation.workerJar();
    Path next = Files.copy(jar, jar.resolveSibling("next.jar"));
    try (FileSystem inside = FileSystems.newFileSystem(next)) {
      Files.writeString(inside.getPath("META-INF/another-build"), "0.2.0");
    }
    Files.delete(jar);
    Files.move(next, jar);
  }

  private static Path runningJar() {
    return installation.home().resolve("run/worker.jar");
  }

  /** Whether the encode of this film has told Temporal how far it is. */
  private static boolean hasBeat(Path film) throws Exception {
    return UNDER_WAY.matcher(installation.type("show", film).out()).find();
  }

  private static int replacements(Path film) {
    return installation
        .database()
        .client()
        .sql(
            "select count(*) from replacements join videos on videos.id = replacements.video_id"
                + " where videos.path = ? and replacements.state = 'done'")
        .param(film.toString())
        .query(Integer.class)
        .single();
  }

  private static String workerLog() throws IOException {
    return Files.readString(installation.home().resolve("logs/worker.log"));
  }

  private static int workersSoFar() throws IOException {
    return workerLog().split("worker is polling", -1).length;
  }
}
