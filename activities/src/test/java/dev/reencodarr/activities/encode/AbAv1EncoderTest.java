package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.activities.failure.MadeForReal;
import dev.reencodarr.activities.failure.OomWitness;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.Hogs;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.LockedFolder;
import dev.reencodarr.activities.process.NarrowCgroup;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.ScriptedTool;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestPermit;
import dev.reencodarr.activities.process.WithoutRootsRights;
import dev.reencodarr.activities.store.EncodeRow;
import dev.reencodarr.activities.store.EncodeRow.Ending;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeProgress.Phase;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbAv1EncoderTest {

  private static final int QUICK = 10;
  private static final int SLOW = 2;

  @TempDir private static Path clips;
  private static Path shortClip;
  private static Path longClip;
  private static byte[] shortBytes;
  private static byte[] longBytes;

  @TempDir private Path work;
  private TestEncoder encoder;
  private TestActivityEnvironment environment;
  private EncodeActivities activities;
  private final List<EncodeProgress> beats = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void makeClips() throws IOException {
    shortClip = TestClips.made(clips.resolve("a 'short' \"film\" 日本.mkv"), 2);
    longClip = TestClips.made(clips.resolve("long.mkv"), 40);
    shortBytes = Files.readAllBytes(shortClip);
    longBytes = Files.readAllBytes(longClip);
  }

  @BeforeEach
  void open() throws Exception {
    use(new TestEncoder(work, Duration.ofMinutes(5)), WorkerFactoryOptions.getDefaultInstance());
  }

  private void use(TestEncoder other) {
    use(other, WorkerFactoryOptions.getDefaultInstance());
  }

  private void use(TestEncoder other, WorkerFactoryOptions options) {
    encoder = other;
    environment =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(options)
                .build());
    environment.registerActivitiesImplementations(encoder.activities());
    activities =
        environment.newActivityStub(
            EncodeActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                // Heartbeats are passed on in four fifths of this time.
                .setHeartbeatTimeout(Duration.ofSeconds(3))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());
    onBeat(beat -> {});
  }

  /** What a heartbeat makes happen. */
  private interface Reaction {
    void to(EncodeProgress beat) throws Exception;
  }

  private void onBeat(Reaction reaction) {
    environment.setActivityHeartbeatListener(
        EncodeProgress.class,
        beat -> {
          beats.add(beat);
          try {
            reaction.to(beat);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @AfterEach
  void close() throws Exception {
    environment.close();
    encoder.endAll();
  }

  private static Evidence evidenceOf(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(ActivityFailure.class)
        .hasCauseInstanceOf(ApplicationFailure.class);
    if (!(thrown.getCause() instanceof ApplicationFailure failure)) {
      throw new AssertionError(thrown);
    }
    Evidence evidence = failure.getDetails().get(Evidence.class);
    assertThat(failure.getType()).isEqualTo(evidence.kind().name());
    return evidence;
  }

  private static String row(Evidence evidence) {
    return JudgedFault.row(FailureStage.ENCODING, evidence);
  }

  private List<Path> jobFolders() throws IOException {
    try (Stream<Path> folders = Files.list(encoder.work().resolve("jobs"))) {
      return folders.filter(Files::isDirectory).toList();
    }
  }

  private List<EncodeRow> rows(EncodeRequest request) {
    return encoder.repository().ofVideo(request.video());
  }

  private void nothingIsLeft() throws IOException {
    assertThat(jobFolders()).isEmpty();
    assertThat(Processes.living(encoder.work().toString())).isEmpty();
  }

  @Test
  void aFilmBecomesASmallerOneAndEveryFrameIsAccountedFor() throws Exception {
    EncodeRequest request = encoder.known(EncodeRequests.of(shortClip, 2, QUICK));

    EncodeOutcome outcome = activities.encode(request);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            EncodeOutcome.Encoded.class,
            encoded -> {
              assertThat(encoded.sourceFrames()).isEqualTo(50);
              assertThat(encoded.launches()).isEqualTo(1);
              assertThat(encoded.host()).isEqualTo("here");
              assertThat(encoded.sizeBytes()).isPositive().isLessThan(request.identity().size());
              assertThat(Path.of(encoded.result().value()))
                  .isRegularFile()
                  .hasSize(encoded.sizeBytes());
              assertThat(encoded.seconds()).isPositive();
            });
    assertThat(rows(request))
        .singleElement()
        .satisfies(row -> {
          assertThat(row.ending()).isEqualTo(EncodeRow.Ending.FINISHED);
          assertThat(row.frames()).isEqualTo(50);
          assertThat(row.exitCode()).isZero();
          assertThat(row.command()).contains("--verify", "--fail-fast");
        });
    assertThat(Processes.living(work.toString())).isEmpty();
  }

  @Test
  void aSecondAttemptFindsTheResultAndStartsNothing() throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);

    EncodeOutcome first = activities.encode(request);

    assertThat(activities.encode(request)).isEqualTo(first);
  }

  @Test
  void aResultThatAPowerCutMayHaveTornIsMadeAnew() throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);
    activities.encode(request);
    Path folder = jobFolders().getFirst();
    Files.writeString(folder.resolve("pid"), "another-boot 1 (sh) S\n");

    assertThat(launches(activities.encode(request))).as("it had reached the disk").isEqualTo(1);

    Files.delete(folder.resolve("result-on-disk"));
    assertThat(launches(activities.encode(request))).isEqualTo(2);
  }

  /** As of a machine that was off for three weeks, or was frozen and then started anew. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatDiedWithItsMachineIsGivenItsWholeTimeAnew(boolean isOfEarlierRelease) throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);
    activities.encode(request);
    JobFolder job = encoder.parts().folders().all().getFirst();
    JobRecord record = job.record().orElseThrow();
    Instant longAgo = Instant.now().minus(Duration.ofDays(20));
    job.write(
        new JobRecord(
            record.command(),
            longAgo,
            isOfEarlierRelease ? Optional.empty() : Optional.of(longAgo),
            1,
            record.attempt()));
    if (isOfEarlierRelease) {
      forget(job, "lastStarted");
    }
    Files.writeString(job.file("pid"), "another-boot 1 (sh) S\n");
    Files.writeString(job.file("frozen"), longAgo.toString());
    Files.delete(job.file("exit"));
    Files.delete(job.file("result-on-disk"));

    assertThat(launches(activities.encode(request))).isEqualTo(2);

    JobRecord now = job.record().orElseThrow();
    assertThat(now.firstStarted()).as("figures count from the first start").isEqualTo(longAgo);
    assertThat(now.runningSince()).isAfter(Instant.now().minus(Duration.ofMinutes(5)));
  }

  private static void forget(JobFolder job, String field) throws IOException {
    Path file = job.file("job.json");
    ObjectNode json = (ObjectNode) Payloads.mapper().readTree(Files.readAllBytes(file));
    assertThat(json.remove(field)).as("what is taken away was there").isNotNull();
    Files.writeString(file, json.toString());
  }

  private static int launches(EncodeOutcome outcome) {
    return outcome instanceof EncodeOutcome.Encoded encoded ? encoded.launches() : 0;
  }

  @Test
  void aJobOfTheSameVideoWithOtherArgumentsIsEndedFirst() throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);
    JobFolder old = encoder.parts().folders().folder(request.video().toString(), "older");
    DetachedJob.in(old)
        .start(
            List.of("/bin/sh", "-c", "sleep 300; exit"),
            encoder.parts().tools(),
            encoder.parts().home(),
            new JobRecord.Attempt("w", "r", "a"),
            Instant.now());

    EncodeOutcome outcome = activities.encode(request);

    assertThat(launches(outcome)).isEqualTo(1);
    assertThat(old.exists()).isFalse();
    assertThat(Processes.living(old.path().toString())).isEmpty();
  }

  @Test
  void discardingAVideoRemovesItsJobsAndNoOthers() throws Exception {
    EncodeRequest one = EncodeRequests.of(shortClip, 2, QUICK);
    EncodeRequest other = EncodeRequests.of(shortClip, 2, QUICK);
    activities.encode(one);
    EncodeOutcome.Encoded kept = (EncodeOutcome.Encoded) activities.encode(other);

    activities.discard(one.video());
    activities.discard(one.video());

    assertThat(jobFolders())
        .extracting(it -> it.getFileName().toString())
        .containsExactly(kept.job());
    assertThat(shortClip).exists();
  }

  @Test
  void aJobFolderThatCannotBeRemovedIsSaidAndGoesTheNextTime() throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);
    activities.encode(request);
    Path job = jobFolders().getFirst();

    try (LockedFolder _ = LockedFolder.of(job)) {
      Evidence evidence = evidenceOf(catchThrowable(() -> activities.discard(request.video())));

      assertThat(evidence.kind()).isEqualTo(EvidenceKind.WORK_FOLDER);
      assertThat(evidence.message()).contains(job.toString());
      MadeForReal.as("clean-up refused", evidence);
    }

    activities.discard(request.video());
    nothingIsLeft();
    assertThat(shortClip).hasBinaryContent(shortBytes);
  }

  @Test
  void whatThePlanPreparesIsThereForTheEncode() throws Exception {
    EncodeRequest request =
        EncodeRequests.of(
            shortClip,
            2,
            QUICK,
            List.of("--enc", "attach=cover.jpg", "--enc", "metadata:s:t=mimetype=image/jpeg"),
            List.of("-frames:v", "1", "-update", "1", "cover.jpg"));

    EncodeOutcome.Encoded encoded = (EncodeOutcome.Encoded) activities.encode(request);

    assertThat(Path.of(encoded.result().value()).resolveSibling("cover.jpg")).exists();
  }

  @Test
  void whatCannotBePreparedFailsWithItsLog() throws Exception {
    EncodeRequest request =
        EncodeRequests.of(shortClip, 2, QUICK, List.of(), List.of("-map", "0:99", "cover.jpg"));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.message()).startsWith("preparing the encode ended with exit code");
    assertThat(Path.of(evidence.context().get("log")))
        .content()
        .contains("matches no streams", "cover.jpg", "== exit code ");
    nothingIsLeft();
  }

  @Test
  void cancellingEndsEveryProcessAndLeavesNoLitter() throws Exception {
    EncodeRequest request = encoder.known(EncodeRequests.of(longClip, 40, SLOW));
    onBeat(beat -> {
      if (beat.percent() > 0) {
        assertThat(Processes.living(work.toString())).isNotEmpty();
        environment.requestCancelActivity();
      }
    });

    Throwable thrown = catchThrowable(() -> activities.encode(request));

    assertThat(thrown).isInstanceOf(CanceledFailure.class);
    nothingIsLeft();
    assertThat(rows(request))
        .extracting(EncodeRow::ending)
        .containsExactly(EncodeRow.Ending.CANCELLED);
    assertThat(longClip).exists();
    assertThat(beats)
        .filteredOn(beat -> beat.phase() == Phase.ENCODING)
        .last()
        .satisfies(beat -> assertThat(beat.percent()).isBetween(0.1, 99.0));
  }

  @Test
  void anEncoderThatStandsStillIsEndedAndSaidToHaveStalled() throws Exception {
    use(new TestEncoder(work, Duration.ofSeconds(6)));
    EncodeRequest request = EncodeRequests.of(longClip, 40, SLOW);
    List<Long> stopped = new CopyOnWriteArrayList<>();
    onBeat(beat ->
        Processes.living(work.toString()).stream()
            .filter(pid -> Processes.commandLine(pid).startsWith("ffmpeg"))
            .filter(pid -> !stopped.contains(pid))
            .forEach(pid -> {
              Processes.stop(pid);
              stopped.add(pid);
            }));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(stopped).isNotEmpty();
    assertThat(evidence.kind()).isEqualTo(EvidenceKind.STALLED);
    assertThat(evidence.message()).contains("ENCODING");
    assertThat(row(evidence)).isEqualTo("encoding/timeout/STALLED RETRY");
    MadeForReal.as("stall (a stopped ffmpeg)", evidence);
    assertThat(longClip).hasBinaryContent(longBytes);
    nothingIsLeft();
  }

  @Test
  void aFailureBringsItsCodeItsLogAndItsCircumstances() throws Exception {
    EncodeRequest request =
        encoder.known(
            EncodeRequests.of(shortClip, 2, QUICK, List.of("--enc", "map=0:99"), List.of()));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.PROCESS_EXIT);
    assertThat(evidence.exitCode()).isEqualTo(1);
    assertThat(evidence.signal()).isZero();
    assertThat(row(evidence)).isEqualTo("encoding/codec_issues/EXIT_234 GIVE_UP");
    assertThat(shortClip).hasBinaryContent(shortBytes);
    assertThat(evidence.command()).contains("encode", "map=0:99");
    assertThat(evidence.output()).contains("matches no streams").hasSizeLessThan(8000);
    assertThat(evidence.context())
        .containsEntry("host", "here")
        .containsKeys("free_disk_bytes", "free_memory_bytes", "ab_av1", "ffmpeg", "job");
    assertThat(Path.of(evidence.context().get("log"))).content().contains("matches no streams");
    assertThat(rows(request)).extracting(EncodeRow::exitCode).containsExactly(1);
    nothingIsLeft();
  }

  @Test
  void aFrozenEncodeStandsStillWithoutItsCoresAndGoesOnFromThere() throws Exception {
    EncodeRequest request = encoder.known(EncodeRequests.of(longClip, 40, 4));
    PauseScope scope = new PauseScope.OfVideo(request.video());
    onBeat(beat -> {
      if (hasSaidHowFarItIs()) {
        encoder.parts().pauses().pause(scope, true);
      }
    });

    assertThat(activities.encode(request)).isEqualTo(new EncodeOutcome.Paused("here"));

    JobFolder job = encoder.parts().folders().all().getFirst();
    assertThat(DetachedJob.in(job).isFrozen()).isTrue();
    List<Long> program =
        Processes.living(work.toString()).stream()
            .filter(pid -> !Processes.commandLine(pid).startsWith("/bin/sh"))
            .toList();
    assertThat(program).hasSizeGreaterThan(1).allMatch(Processes::isStopped);
    String progress = Files.readString(job.file("progress"));
    assertThat(activities.encode(EncodeRequests.of(shortClip, 2, QUICK)))
        .as("the only job of this machine's cores is free for another")
        .isInstanceOf(EncodeOutcome.Encoded.class);
    assertThat(activities.encode(request)).isEqualTo(new EncodeOutcome.Paused("here"));
    assertThat(Files.readString(job.file("progress"))).isEqualTo(progress);

    onBeat(beat -> {});
    encoder.parts().pauses().resume(scope);

    assertThat(launches(activities.encode(request))).as("it went on").isEqualTo(1);
    assertThat(Files.readString(job.file("progress"))).startsWith(progress);
  }

  /** Not how far it has come: a quick machine is done a moment after the first frames. */
  private boolean hasSaidHowFarItIs() throws IOException {
    Path progress = encoder.parts().folders().all().getFirst().file("progress");
    return Files.exists(progress) && Files.size(progress) > 0;
  }

  @Test
  void whatWasFrozenIsNoRunningTime() throws Exception {
    EncodeRequest request = encoder.known(EncodeRequests.of(longClip, 40, SLOW));
    PauseScope scope = new PauseScope.OfVideo(request.video());
    onBeat(beat -> encoder.parts().pauses().pause(scope, true));
    assertThat(activities.encode(request)).isEqualTo(new EncodeOutcome.Paused("here"));
    JobFolder job = encoder.parts().folders().all().getFirst();
    JobRecord begun = job.record().orElseThrow();

    DetachedJob.in(job).thaw(Instant.now().plus(Duration.ofDays(30)));

    JobRecord thawed = job.record().orElseThrow();
    assertThat(thawed.firstStarted())
        .isBetween(
            begun.firstStarted().plus(Duration.ofDays(29)),
            begun.firstStarted().plus(Duration.ofDays(31)));
    assertThat(thawed.runningSince())
        .isBetween(
            begun.runningSince().plus(Duration.ofDays(29)),
            begun.runningSince().plus(Duration.ofDays(31)));
    assertThat(DetachedJob.in(job).isFrozen()).isFalse();
  }

  @Test
  void whatHasNotBegunIsLeftToOtherMachinesWhereThisOneIsHeldUp() throws Exception {
    TestPermit permit = new TestPermit();
    permit.hold(true);
    use(TestEncoder.on(work, new CoreBudget(1, 2, permit, Duration.ofSeconds(1))));
    EncodeRequest request = encoder.known(EncodeRequests.of(shortClip, 2, QUICK));

    assertThat(activities.encode(request)).isEqualTo(new EncodeOutcome.Paused(""));

    permit.letGo();
    assertThat(launches(activities.encode(request))).isEqualTo(1);
  }

  @Test
  void aPausedVideoIsNotBegunAndWhatRunsIsFinished() throws Exception {
    EncodeRequest paused = encoder.known(EncodeRequests.of(shortClip, 2, QUICK));
    encoder.parts().pauses().pause(new PauseScope.OfVideo(paused.video()), false);

    assertThat(activities.encode(paused)).isEqualTo(new EncodeOutcome.Paused(""));
    assertThat(jobFolders()).isEmpty();

    EncodeRequest running = encoder.known(EncodeRequests.of(longClip, 40, QUICK));
    onBeat(beat -> {
      if (beat.percent() >= 0) {
        encoder.parts().pauses().pause(new PauseScope.Everything(), false);
      }
    });

    assertThat(activities.encode(running)).isInstanceOf(EncodeOutcome.Encoded.class);
  }

  @Test
  void aFrozenEncodeThatNobodyWantsAnyMoreIsEnded() throws Exception {
    EncodeRequest request = encoder.known(EncodeRequests.of(longClip, 40, SLOW));
    onBeat(beat -> {
      if (beat.percent() > 0) {
        encoder.parts().pauses().pause(new PauseScope.OfVideo(request.video()), true);
      }
    });
    activities.encode(request);

    activities.discard(request.video());

    nothingIsLeft();
  }

  @ParameterizedTest(name = "{0} by signal {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ab-av1 | 9  | encoding/resource_exhaustion/EXIT_137 HALVE_THREADS | SIGKILL of ab-av1 with ffmpeg left over
          ab-av1 | 15 | encoding/resource_exhaustion/EXIT_143 RETRY         | SIGTERM from outside
          ab-av1 | 2  | encoding/system_environment/EXIT_130 RETRY          | ''
          ffmpeg | 9  | encoding/resource_exhaustion/EXIT_137 HALVE_THREADS | SIGKILL of ffmpeg alone, sender unknown
          ffmpeg | 15 | encoding/resource_exhaustion/EXIT_143 RETRY         | SIGTERM from outside
          ffmpeg | 2  | encoding/system_environment/EXIT_130 RETRY          | ''
          """)
  void whatIsEndedFromOutsideIsToldBySignalAndNothingOfItRunsOn(
      String program, int signal, String row, String line) throws Exception {
    EncodeRequest request = EncodeRequests.of(longClip, 40, SLOW);
    String start = program.equals("ffmpeg") ? program : encoder.abAv1();
    AtomicBoolean killed = new AtomicBoolean();
    onBeat(beat -> {
      List<Long> running =
          Processes.living(work.toString()).stream()
              .filter(pid -> Processes.commandLine(pid).startsWith(start))
              .toList();
      if (beat.percent() > 0 && !running.isEmpty() && killed.compareAndSet(false, true)) {
        running.forEach(pid -> Processes.signal(pid, signal));
      }
    });

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.PROCESS_EXIT);
    assertThat(row(evidence)).isEqualTo(row);
    if (!line.isEmpty()) {
      MadeForReal.as(line, evidence);
    }
    assertThat(longClip).hasBinaryContent(longBytes);
    nothingIsLeft();
  }

  @Test
  void anEncoderThatIsRefusedMemoryIsToMakeDoWithHalfTheThreads() throws Exception {
    Path narrow = work.resolve("ab-av1");
    Files.writeString(
        narrow, "#!/bin/sh\nulimit -v 600000\nexec '%s' \"$@\"\n".formatted(encoder.abAv1()));
    assertThat(narrow.toFile().setExecutable(true)).isTrue();
    use(TestEncoder.with(work, narrow));
    EncodeRequest request = EncodeRequests.of(longClip, 40, SLOW);

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(row(evidence))
        .as(evidence.output())
        .isEqualTo("encoding/resource_exhaustion/RESOURCE_MEMORY HALVE_THREADS");
    MadeForReal.as("memory refused (ulimit)", evidence);
    assertThat(longClip).hasBinaryContent(longBytes);
    nothingIsLeft();
  }

  /** The real programs in a cgroup of their own, which they need more memory than. */
  @Test
  void anEncoderThatTheKernelKillsForWantOfMemoryIsToMakeDoWithHalfTheThreads() throws Exception {
    try (NarrowCgroup cgroup = NarrowCgroup.of(64 << 20)) {
      Path narrow =
          ScriptedTool.made(
              work.resolve("ab-av1"),
              cgroup.entered() + "exec '%s' \"$@\"".formatted(encoder.abAv1()));
      OomWitness witness = new OomWitness(cgroup.kills(work.resolve("root")));
      use(
          TestEncoder.with(work, narrow),
          WorkerFactoryOptions.newBuilder().setWorkerInterceptors(witness).build());
      EncodeRequest request = EncodeRequests.of(longClip, 40, SLOW);

      Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

      assertThat(evidence.context()).containsEntry(Evidence.OOM_KILL, "true");
      assertThat(row(evidence))
          .as(evidence.output())
          .isEqualTo("encoding/resource_exhaustion/EXIT_137 HALVE_THREADS");
      MadeForReal.as("OOM kill that the kernel has counted", evidence);
      assertThat(longClip).hasBinaryContent(longBytes);
      nothingIsLeft();
    }
  }

  /** A program that would work, on a machine where others take nearly all of every core. */
  @Test
  void anEncoderThatHardlyGetsAProcessorIsStarvedOfIt() throws Exception {
    Path busy =
        ScriptedTool.made(
            work.resolve("ab-av1"),
            """
            case "$1" in --version) exec '%s' "$@" ;; esac
            printf 'frame=10\\nprogress=continue\\n' >%s
            while :; do :; done\
            """
                .formatted(encoder.abAv1(), AbAv1Arguments.PROGRESS));
    use(TestEncoder.with(work, busy, Duration.ofMillis(1500)));
    EncodeRequest request = EncodeRequests.of(longClip, 40, SLOW);

    try (Hogs _ = Hogs.loose()) {
      Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

      assertThat(row(evidence))
          .as(evidence.message())
          .isEqualTo("encoding/resource_exhaustion/RESOURCE_CPU RETRY");
      MadeForReal.as("CPU starved", evidence);
    }
    assertThat(longClip).hasBinaryContent(longBytes);
    nothingIsLeft();
  }

  @Test
  void halfTheThreadsAreHalfOfWhatTheMachineGivesAJob() throws Exception {
    EncodeRequest request = encoder.known(EncodeRequests.of(shortClip, 2, QUICK));

    activities.encode(request.with(true));

    assertThat(rows(request))
        .singleElement()
        .satisfies(row -> assertThat(row.command()).contains("lp=1").doesNotContain("lp=2"));
  }

  @Test
  void aSourceThatIsAnotherByNowIsNotEncoded() throws Exception {
    Path film = Files.copy(shortClip, work.resolve("film.mkv"));
    EncodeRequest request = EncodeRequests.of(film, 2, QUICK);
    Files.writeString(film, "another film");

    assertThat(activities.encode(request)).isInstanceOf(EncodeOutcome.SourceChanged.class);

    Files.delete(film);
    assertThat(activities.encode(request))
        .isEqualTo(new EncodeOutcome.SourceChanged("the file is not there any more"));
    nothingIsLeft();
  }

  @Test
  void aSourceThatChangesMeanwhileIsNotEncodedEither() throws Exception {
    Path film = Files.copy(longClip, work.resolve("film.mkv"));
    EncodeRequest request = encoder.known(EncodeRequests.of(film, 40, QUICK));
    AtomicBoolean replaced = new AtomicBoolean();
    onBeat(beat -> {
      if (beat.percent() >= 0 && replaced.compareAndSet(false, true)) {
        // ffmpeg goes on reading the file that it has opened.
        Files.delete(film);
        Files.copy(shortClip, film);
      }
    });

    assertThat(activities.encode(request)).isInstanceOf(EncodeOutcome.SourceChanged.class);

    nothingIsLeft();
    assertThat(rows(request))
        .extracting(EncodeRow::ending)
        .containsExactly(EncodeRow.Ending.SOURCE_CHANGED);
  }

  @Test
  void tooLittleSpaceIsSaidBeforeAnythingStarts() throws Exception {
    use(TestEncoder.needing(work, Long.MAX_VALUE / 2));
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.DISK_FULL);
    assertThat(row(evidence)).isEqualTo("encoding/resource_exhaustion/RESOURCE_DISK STOP_QUEUE");
    nothingIsLeft();
  }

  @Test
  void roomIsAskedForWhatTheSearchExpectsWithAFifthOnTop() throws Exception {
    long reserve = 1L << 60;
    use(TestEncoder.needing(work, reserve));
    EncodeRequest unknown = EncodeRequests.of(shortClip, 2, QUICK);
    EncodeRequest request = unknown.expecting(5_000_000_000L);

    assertThat(evidenceOf(catchThrowable(() -> activities.encode(request))).message())
        .endsWith(reserve + 6_000_000_000L + " are wanted");
    assertThat(evidenceOf(catchThrowable(() -> activities.encode(unknown))).message())
        .as("where nobody knows, as much as its source")
        .endsWith(reserve + Files.size(shortClip) + " are wanted");
  }

  @Test
  void aRequestOfAnEarlierReleaseIsOfUnknownSize() throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK).expecting(5);
    ObjectNode earlier = Payloads.mapper().valueToTree(request);
    assertThat(earlier.remove("predictedBytes").asLong()).isEqualTo(5);

    assertThat(Payloads.mapper().treeToValue(earlier, EncodeRequest.class))
        .isEqualTo(request.expecting(0));
  }

  @Test
  void aMissingProgramIsAFaultOfTheWorker() throws Exception {
    use(TestEncoder.with(work, Path.of("/nowhere/ab-av1")));
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.TOOL_UNFIT);
    assertThat(row(evidence)).isEqualTo("encoding/system_environment/ENV STOP_QUEUE");
    assertThat(shortClip).hasBinaryContent(shortBytes);
    assertThat(Processes.living(work.toString())).isEmpty();
  }

  @Test
  void anEncodeThatPassesItsLimitIsEnded() throws Exception {
    use(TestEncoder.limited(work, Duration.ofSeconds(3)));
    EncodeRequest request = encoder.known(EncodeRequests.of(longClip, 40, SLOW));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(row(evidence)).isEqualTo("encoding/timeout/TIMEOUT GIVE_UP");
    MadeForReal.as("time limit", evidence);
    assertThat(rows(request))
        .extracting(EncodeRow::ending)
        .containsExactly(EncodeRow.Ending.TIME_LIMIT);
    assertThat(longClip).hasBinaryContent(longBytes);
    nothingIsLeft();
  }

  @Test
  void aSubtitleThatTheContainerRefusesIsSaidToBeThat() throws Exception {
    Path words = Files.writeString(work.resolve("w.srt"), "1\n00:00:00,000 --> 00:00:01,000\nA\n");
    Path film = work.resolve("film.mp4");
    TestClips.ffmpeg("-i", shortClip, "-i", words, "-c", "copy", "-c:s", "mov_text", film);
    byte[] before = Files.readAllBytes(film);
    EncodeRequest request =
        EncodeRequests.of(film, 2, QUICK, List.of("--enc", "c:s=copy"), List.of());

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(row(evidence)).isEqualTo("encoding/codec_issues/CODEC_UNSUPPORTED GIVE_UP");
    MadeForReal.as("unsupported subtitle in the container", evidence);
    assertThat(film).hasBinaryContent(before);
    nothingIsLeft();
  }

  @Test
  void aFilmWhoseTitleTellsOfAFullDiskFailsForWhatIsWrongWithIt() throws Exception {
    Path film = work.resolve("No space left on device.mkv");
    TestClips.ffmpeg(
        "-i", shortClip, "-c", "copy", "-metadata", "title=No space left on device", film);
    EncodeRequest request =
        encoder.known(EncodeRequests.of(film, 2, QUICK, List.of("--enc", "map=0:99"), List.of()));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.output()).contains(": No space left on device");
    assertThat(row(evidence)).isEqualTo("encoding/codec_issues/EXIT_234 GIVE_UP");
    assertThat(rows(request)).extracting(EncodeRow::ending).containsExactly(Ending.FAILED);
    nothingIsLeft();
  }

  @Test
  void anEncoderThatSaysThatItsDiskIsFullIsBelieved() throws Exception {
    Path full =
        ScriptedTool.made(
            work.resolve("ab-av1"),
            "[ \"$1\" = encode ] || exec '%s' \"$@\"\n".formatted(encoder.abAv1())
                + "echo 'av_interleaved_write_frame(): No space left on device'\n"
                + "echo 'Error: ffmpeg encode exit code 1'; exit 1");
    use(TestEncoder.with(work, full));
    EncodeRequest request = encoder.known(EncodeRequests.of(shortClip, 2, QUICK));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.PROCESS_EXIT);
    assertThat(row(evidence)).isEqualTo("encoding/resource_exhaustion/RESOURCE_DISK STOP_QUEUE");
    assertThat(rows(request)).extracting(EncodeRow::ending).containsExactly(Ending.DISK_FULL);
    nothingIsLeft();
  }

  /** A download that broke off: its header says more than there is. */
  @Test
  void aSourceThatIsShorterThanItSaysIsNoFaultOfItsResult() throws Exception {
    Path cut =
        Files.write(work.resolve("cut.mkv"), Arrays.copyOf(longBytes, longBytes.length * 6 / 10));
    byte[] before = Files.readAllBytes(cut);
    EncodeRequest request = EncodeRequests.of(cut, 40, QUICK);

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.output()).contains("verify: output duration");
    assertThat(row(evidence)).isEqualTo("analysis/validation/VERIFY_FAILED GIVE_UP");
    assertThat(evidence.context().get(Evidence.SHORT_SOURCE))
        .contains("by its header there are 1000");
    assertThat(cut).hasBinaryContent(before);
    nothingIsLeft();
  }

  @Test
  void aResultThatIsShorterThanItsWholeSourceIsRefused() throws Exception {
    EncodeRequest request =
        EncodeRequests.of(longClip, 40, QUICK, List.of("--enc", "t=20"), List.of());

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.output()).contains("verify: output duration");
    assertThat(row(evidence)).isEqualTo("post_process/validation/VERIFY_FAILED GIVE_UP");
    assertThat(longClip).hasBinaryContent(longBytes);
  }

  @Test
  void aFilmThatMayNotBeReadGivesUp() throws Exception {
    Path film = Files.copy(shortClip, work.resolve("film.mkv"));
    EncodeRequest request = EncodeRequests.of(film, 2, QUICK);
    WithoutRootsRights.forbidden(film);
    Path scripts = Files.createDirectory(work.resolve("scripts"));
    use(TestEncoder.with(work, WithoutRootsRights.tools(scripts).abAv1()));

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(row(evidence)).isEqualTo("encoding/file_access/FILE_ACCESS GIVE_UP");
    MadeForReal.as("permission denied, at the search or the encode", evidence);
    nothingIsLeft();
  }

  @Test
  void aWorkFolderThatCannotBeWrittenToIsTheFaultOfTheWorker() throws Exception {
    EncodeRequest request = EncodeRequests.of(shortClip, 2, QUICK);
    Path jobs = Files.createDirectories(work.resolve("jobs"));

    try (LockedFolder _ = LockedFolder.of(jobs)) {
      Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

      assertThat(evidence.kind()).isEqualTo(EvidenceKind.WORK_FOLDER);
      assertThat(row(evidence)).isEqualTo("encoding/system_environment/ENV STOP_QUEUE");
      assertThat(shortClip).hasBinaryContent(shortBytes);
    }
    assertThat(launches(activities.encode(request))).isEqualTo(1);
  }

  @Test
  void anEncodeWhoseLibraryIsNotThereRunsOnAndItsResultIsKept() throws Exception {
    Path library = Files.createDirectory(work.resolve("library"));
    Path away = work.resolve("away");
    EncodeRequest request =
        EncodeRequests.of(Files.copy(shortClip, library.resolve("film.mkv")), 2, QUICK);
    DetachedJob running = startedOtherwise(request);
    Files.move(library, away);
    encoder.unmount(true);

    assertThat(row(evidenceOf(catchThrowable(() -> activities.encode(request)))))
        .isEqualTo("encoding/system_environment/ENV STOP_QUEUE");
    assertThat(running.isRunning()).isTrue();

    running.end(Duration.ZERO);
    jobFolder(request).remove();
    Files.move(away, library);
    encoder.unmount(false);
    EncodeOutcome done = activities.encode(request);
    Files.move(library, away);
    encoder.unmount(true);
    assertThat(row(evidenceOf(catchThrowable(() -> activities.encode(request)))))
        .isEqualTo("encoding/system_environment/ENV STOP_QUEUE");
    Files.move(away, library);
    encoder.unmount(false);

    assertThat(activities.encode(request)).as("the same result").isEqualTo(done);
  }

  @Test
  void anEncodeThatFailsSinceItsLibraryHasGoneStartsAnewOnceItIsThere() throws Exception {
    Path library = Files.createDirectory(work.resolve("library"));
    Path away = work.resolve("away");
    EncodeRequest request =
        EncodeRequests.of(Files.copy(shortClip, library.resolve("film.mkv")), 2, QUICK);
    AtomicBoolean gone = new AtomicBoolean();
    onBeat(beat -> {
      if (beat.phase() == Phase.ENCODING && gone.compareAndSet(false, true)) {
        // ab-av1 looks at its source again when it checks the result.
        Files.move(library, away);
        encoder.unmount(true);
      }
    });

    Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

    assertThat(evidence.kind()).isEqualTo(EvidenceKind.MOUNT_GONE);
    assertThat(evidence.command()).as("what had failed is kept").contains("encode", "--verify");
    assertThat(Path.of(evidence.context().get("log"))).isNotEmptyFile();
    Files.move(away, library);
    encoder.unmount(false);
    assertThat(activities.encode(request)).isInstanceOf(EncodeOutcome.Encoded.class);
  }

  private JobFolder jobFolder(EncodeRequest request) throws Exception {
    return encoder
        .parts()
        .folders()
        .folder(
            request.video().toString(), JobKey.of(request, encoder.parts().installed().versions()));
  }

  /** A job that runs for long, in the place of this encode. */
  private DetachedJob startedOtherwise(EncodeRequest request) throws Exception {
    DetachedJob job = DetachedJob.in(jobFolder(request));
    job.start(
        List.of("/bin/sh", "-c", "sleep 300; exit"),
        encoder.parts().tools(),
        encoder.parts().home(),
        new JobRecord.Attempt("w", "r", "a"),
        Instant.now());
    return job;
  }

  @Test
  void aDiskThatFillsUpIsSeenForWhatItIs() throws Exception {
    Path small = Files.createDirectory(work.resolve("small"));
    assumeTrue(
        mounted("mount", "-t", "tmpfs", "-o", "size=24m", "none", small.toString()),
        "only root may mount the small file system of this test");
    try {
      use(new TestEncoder(small, Duration.ofMinutes(1)));
      Path clip = TestClips.made(work.resolve("film.mkv"), 10);
      EncodeRequest request = EncodeRequests.of(clip, 10, SLOW);
      AtomicBoolean filled = new AtomicBoolean();
      onBeat(beat -> {
        if (beat.percent() >= 0 && filled.compareAndSet(false, true)) {
          fill(small.resolve("filler"));
        }
      });

      Evidence evidence = evidenceOf(catchThrowable(() -> activities.encode(request)));

      assertThat(evidence.kind()).isEqualTo(EvidenceKind.DISK_FULL);
      assertThat(row(evidence)).isEqualTo("encoding/resource_exhaustion/RESOURCE_DISK STOP_QUEUE");
      assertThat(evidence.context().keySet()).containsAnyOf("log", "log_lost");
      MadeForReal.as("ENOSPC in the work folder", evidence);
      nothingIsLeft();
      Files.delete(small.resolve("filler"));
    } finally {
      encoder.endAll();
      use(new TestEncoder(work, Duration.ofMinutes(1)));
      assertThat(mounted("umount", small.toString())).isTrue();
    }
  }

  private static void fill(Path file) {
    byte[] block = new byte[4096];
    assertThatThrownBy(
            () -> {
              try (OutputStream stream = Files.newOutputStream(file)) {
                while (true) {
                  stream.write(block);
                }
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
  }

  private static boolean mounted(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }
}
