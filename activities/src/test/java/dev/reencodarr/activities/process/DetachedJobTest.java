package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.process.DetachedJob.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetachedJobTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMillis(300);
  private static final JobRecord.Attempt ATTEMPT =
      new JobRecord.Attempt("video/1", "run", "activity");

  @TempDir private Path work;
  private JobFolders folders;
  private JobFolder folder;

  @BeforeEach
  void open() throws IOException {
    folders = new JobFolders(work);
    folder = folders.folder("owner", "key");
  }

  @AfterEach
  void endWhatRuns() throws IOException {
    for (JobFolder left : folders.all()) {
      DetachedJob.in(left).end(Duration.ZERO);
    }
  }

  private boolean start(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return DetachedJob.in(folder)
        .start(command, TestTools.tools(), work.resolve("home"), ATTEMPT, Instant.now());
  }

  private State.Ended awaitEnd() throws Exception {
    Processes.await("it ends", SOON, () -> DetachedJob.in(folder).state() instanceof State.Ended);
    return (State.Ended) DetachedJob.in(folder).state();
  }

  private int launches() throws IOException {
    return folder.record().orElseThrow().launches();
  }

  @Test
  void itsExitCodeAndItsOutputAreKept() throws Exception {
    assertThat(start("echo out; echo err >&2; exit 183")).isTrue();

    assertThat(awaitEnd().exitCode()).isEqualTo(183);
    assertThat(folder.logExcerpt(1000)).isEqualTo("out\nerr");
    assertThat(folder.record().orElseThrow().attempt()).isEqualTo(ATTEMPT);
  }

  @Test
  void argumentsArriveAsTheyAreWhateverTheyHold() throws Exception {
    start("printf '<%s>' \"$@\"", "", "a b", "'\"; exit 9", "$(id)", "x\ny", "-n", "日本 🎬");

    assertThat(awaitEnd().exitCode()).isZero();
    assertThat(Files.readString(folder.log()))
        .isEqualTo("<><a b><'\"; exit 9><$(id)><x\ny><-n><日本 🎬>");
  }

  @Test
  void aLaterAttemptAttachesAndStartsNothing() throws Exception {
    String marker = Processes.marker();
    assertThat(start("sleep 300; exit", marker)).isTrue();

    assertThat(start("sleep 300; exit", marker)).isFalse();

    assertThat(DetachedJob.in(folder).state()).isEqualTo(new State.Running());
    assertThat(launches()).isEqualTo(1);
  }

  @Test
  void whatWasFrozenIsThawedAndWhatSomebodyElseHasStoppedStaysStopped() throws Exception {
    String marker = Processes.marker();
    start("sleep 300; exit", marker);
    DetachedJob job = DetachedJob.in(folder);
    Processes.await("it runs", SOON, () -> !program(marker).isEmpty());

    job.freeze(Instant.now());
    assertThat(job.isFrozen()).isTrue();
    assertThat(program(marker)).allMatch(Processes::isStopped);

    job.thaw(Instant.now());
    assertThat(job.isFrozen()).isFalse();
    assertThat(program(marker)).noneMatch(Processes::isStopped);

    program(marker).forEach(Processes::stop);
    Processes.await(
        "it is stopped", SOON, () -> program(marker).stream().allMatch(Processes::isStopped));
    job.thaw(Instant.now());
    assertThat(program(marker)).allMatch(Processes::isStopped);
  }

  @Test
  void aProgramIsStoppedAtOnceAlsoInTheMiddleOfStartingAnother() throws Exception {
    String marker = Processes.marker();
    start("while :; do /bin/true; done", marker);
    DetachedJob job = DetachedJob.in(folder);
    Processes.await("it runs", SOON, () -> !program(marker).isEmpty());

    // A seventh of the stops comes between vfork(2) and execve(2), where sh is dash.
    for (int i = 0; i < 60; i++) {
      long begin = System.nanoTime();
      job.freeze(Instant.now());

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      assertThat(program(marker)).isNotEmpty().allMatch(Processes::isStopped);
      job.thaw(Instant.now());
    }
  }

  /** What was started, without the wrapper around it. */
  private List<Long> program(String marker) {
    return Processes.living(marker).stream()
        .filter(pid -> !Processes.commandLine(pid).contains("noclobber"))
        .filter(pid -> !Processes.commandLine(pid).contains("set -C"))
        .toList();
  }

  @Test
  void whatHasEndedIsNotStartedAgain() throws Exception {
    start("exit 5");
    awaitEnd();

    assertThat(start("exit 6")).isFalse();
    assertThat(awaitEnd().exitCode()).isEqualTo(5);
  }

  @Test
  void manyWhoStartAtOnceStartItOnce() throws Exception {
    String marker = Processes.marker();
    Callable<Boolean> attempt =
        () -> {
          try (var _ = new JobFolders(work).lock()) {
            return start("echo begun; sleep 300; exit", marker);
          }
        };
    List<Boolean> started = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (Future<Boolean> one : threads.invokeAll(java.util.Collections.nCopies(6, attempt))) {
        started.add(one.get());
      }
    }

    assertThat(started).containsOnlyOnce(true);
    Processes.await("it says so", SOON, () -> Files.readString(folder.log()).contains("begun"));
    assertThat(Files.readString(folder.log())).isEqualTo("begun\n");
    assertThat(launches()).isEqualTo(1);
  }

  @Test
  void ofManyWrappersInOneFolderOneBeginsItsProgram() throws Exception {
    Files.createDirectories(folder.path());
    List<Process> wrappers = new ArrayList<>();
    for (int each = 0; each < 6; each++) {
      wrappers.add(
          new ProcessBuilder("/bin/sh", "-c", DetachedJob.WRAPPER, "job", "echo", "begun")
              .directory(folder.path().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
              .start());
    }

    int refused = 0;
    for (Process wrapper : wrappers) {
      refused += wrapper.waitFor() == 0 ? 0 : 1;
    }
    assertThat(refused).isEqualTo(5);
    assertThat(Files.readString(folder.log()).lines().filter("begun"::equals)).hasSize(1);
  }

  @Test
  void itOutlivesAJvmThatIsKilled() throws Exception {
    String marker = Processes.marker();
    Process jvm = OtherJvm.start(OtherJvm.Job.DETACHED, work, marker);
    Processes.await("it runs", SOON, () -> Processes.living(marker + "-work").size() >= 3);

    jvm.destroyForcibly().waitFor();

    assertThat(DetachedJob.in(folder).state()).isEqualTo(new State.Running());
    assertThat(start("exit 1")).isFalse();
    assertThat(launches()).isEqualTo(1);
    DetachedJob.in(folder).end(PATIENCE);
    assertThat(Processes.living(marker + "-work")).isEmpty();
  }

  @Test
  void endingItEndsWhatDoesNotHearAndWhatItsParentsLeft() throws Exception {
    String marker = Processes.marker();
    start(
        "trap '' INT; (sh -c 'trap \"\" INT; sleep 300; exit' \"$1\" &) ; echo ready; sleep 300;"
            + " exit",
        marker);
    Processes.await("it is ready", SOON, () -> Files.readString(folder.log()).contains("ready"));
    assertThat(Processes.living(folder.path().toString())).hasSizeGreaterThanOrEqualTo(4);

    DetachedJob.in(folder).end(PATIENCE);

    assertThat(Processes.living(folder.path().toString())).isEmpty();
    assertThat(Processes.living(marker)).isEmpty();
    assertThat(DetachedJob.in(folder).isRunning()).isFalse();
  }

  @Test
  void aWrapperThatWasKilledIsNoRunningJobAndWhatItLeftIsEndedBeforeTheNextStart()
      throws Exception {
    String marker = Processes.marker();
    start("sleep 300; exit", marker);
    long wrapper = Processes.living(marker).stream().mapToLong(Long::longValue).min().orElseThrow();
    Processes.kill(wrapper);
    Processes.await(
        "it is noticed", SOON, () -> DetachedJob.in(folder).state() instanceof State.NotRunning);
    assertThat(Processes.living(marker)).isNotEmpty();

    assertThat(start("exit 0")).isTrue();

    assertThat(awaitEnd().exitCode()).isZero();
    assertThat(Processes.living(marker)).isEmpty();
    assertThat(launches()).isEqualTo(2);
  }

  @Test
  void aProcessThatGotTheSameNumberIsAStrangerAndStaysAlive() throws Exception {
    Process stranger = new ProcessBuilder("setsid", "sleep", "300").start();
    try {
      Files.createDirectories(folder.path());
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(stranger.pid()), "stat"), StandardCharsets.US_ASCII);
      Files.writeString(folder.process(), "00000000-another-boot " + stat);
      assertThat(DetachedJob.in(folder).isRunning()).isFalse();
      assertThat(DetachedJob.in(folder).isOfEarlierBoot()).isTrue();

      String[] fields = stat.strip().split(" ");
      fields[21] = "1";
      Files.writeString(folder.process(), boot + " " + String.join(" ", fields) + "\n");

      assertThat(DetachedJob.in(folder).isRunning()).isFalse();
      DetachedJob.in(folder).end(PATIENCE);
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aMissingProgramIsSaidBeforeAnythingIsWritten() {
    assertThatThrownBy(() ->
            DetachedJob.in(folder)
                .start(
                    List.of("/nowhere/ab-av1"),
                    TestTools.tools(),
                    work.resolve("home"),
                    ATTEMPT,
                    Instant.now()))
        .isInstanceOf(ProgramNotStarted.class)
        .hasMessageContaining("/nowhere/ab-av1");
    assertThat(folder.exists()).isFalse();
  }

  @Test
  void aFolderIsRemovedWithoutFollowingLinks() throws Exception {
    Path precious = Files.writeString(work.resolve("film.mkv"), "film");
    start("exit 0");
    awaitEnd();
    Files.createSymbolicLink(folder.file("src.mkv"), precious);

    folder.remove();

    assertThat(folder.exists()).isFalse();
    assertThat(folders.all()).isEmpty();
    assertThat(precious).hasContent("film");
  }

  @Test
  void theLogOfAJobThatGoesIsKeptWithoutSecrets() throws Exception {
    start("echo frame 1; printf '1 %%\\r2 %%\\n'; echo 'X-Api-Key: hunter2'; echo last; exit 1");
    awaitEnd();

    Path kept = folders.logs().keep(folder).orElseThrow();

    assertThat(kept).hasFileName("owner.key-1.log");
    assertThat(kept).hasContent("frame 1\n1 %\n2 %\nX-Api-Key: ***\nlast\n");
    assertThat(folders.logs().keep(folder)).as("it is kept once").isEmpty();
    assertThat(folders.logs().all()).containsExactly(kept);
  }

  @Test
  void ofAnEndlessLogTheBeginningAndTheEndAreKept() throws Exception {
    start("echo first; head -c 20000000 /dev/zero | tr '\\0' '\\n'; echo last; exit 1");
    awaitEnd();

    Path kept = folders.logs().keep(folder).orElseThrow();

    assertThat(kept)
        .content()
        .startsWith("first\n")
        .contains(" bytes left out …")
        .endsWith("last\n");
    assertThat(Files.size(kept)).isBetween(10L << 20, (10L << 20) + 100);
  }
}
