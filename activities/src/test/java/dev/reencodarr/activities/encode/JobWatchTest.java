package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.encode.JobWatch.Seen;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.Hogs;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeProgress.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWatchTest {

  private static final int LOOKS = 16;

  private static final Duration STALL = Duration.ofMillis(1500);
  private static final EncodeLimits.Pace TEN_FRAMES_A_SECOND =
      new EncodeLimits.Pace(10, Duration.ofSeconds(2));

  @TempDir private Path work;
  private JobFolder folder;
  private final List<EncodeProgress> beats = new ArrayList<>();
  private OnBeat onBeat = beat -> {};

  /** What a test does at a beat. */
  private interface OnBeat {
    void accept(EncodeProgress beat) throws IOException;
  }

  @BeforeEach
  void open() throws Exception {
    folder = new JobFolders(work).folder("owner", "key");
  }

  @AfterEach
  void endIt() throws Exception {
    DetachedJob.in(folder).end(Duration.ZERO);
  }

  private Seen watch(String script, Duration runningTime) throws Exception {
    return watch(script, STALL, new EncodeLimits.Pace(0, STALL), runningTime);
  }

  /** An encode that is never still for long, and is to come to so many frames. */
  private Seen watch(String script, EncodeLimits.Pace leastPace) throws Exception {
    return watch(script, Duration.ofMinutes(1), leastPace, Duration.ofMinutes(1));
  }

  private Seen watch(
      String script, Duration stall, EncodeLimits.Pace leastPace, Duration runningTime)
      throws Exception {
    start(script);
    EncodeLimits limits =
        new EncodeLimits(stall, leastPace, runningTime, 0, Duration.ZERO, Duration.ZERO);
    return new JobWatch(
            DetachedJob.in(folder),
            new ProgressFile(folder.file("progress")),
            new SourceLength(100, 4),
            limits,
            "here",
            this::note,
            () -> Files.exists(folder.file("freeze")))
        .await(() -> folder.record().orElseThrow().runningSince());
  }

  private void start(String script) throws Exception {
    DetachedJob.in(folder)
        .start(
            List.of("/bin/sh", "-c", script),
            TestTools.tools(),
            work.resolve("home"),
            new JobRecord.Attempt("w", "r", "a"),
            Instant.now());
  }

  private void note(EncodeProgress beat) {
    beats.add(beat);
    try {
      onBeat.accept(beat);
      Files.write(folder.file("seen-" + (int) beat.percent()), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String untilSeen(int percent) {
    return "until [ -e seen-" + percent + " ]; do sleep 0.05; done; ";
  }

  private static String block(int frame, String progress) {
    return block(Integer.toString(frame), progress);
  }

  private static String block(String frame, String progress) {
    return "echo frame=" + frame + " >>progress; echo progress=" + progress + " >>progress; ";
  }

  @Test
  void whileItsMachineIsHeldNoLimitCountsAndItIsToldAsHeld() throws Exception {
    List<Long> holds = new ArrayList<>();
    onBeat =
        beat -> {
          DetachedJob job = DetachedJob.in(folder);
          if (holds.isEmpty() && beat.percent() >= 10) {
            job.hold(Instant.now());
            holds.add(System.nanoTime());
          } else if (!holds.isEmpty() && System.nanoTime() - holds.getFirst() > 5_000_000_000L) {
            job.letGo(Instant.now());
          }
        };
    String script = block(10, "continue") + untilSeen(10) + "sleep 1; exit 4";

    assertThat(watch(script, Duration.ofSeconds(4)))
        .isInstanceOfSatisfying(
            Seen.Ended.class, ended -> assertThat(ended.state().exitCode()).isEqualTo(4));
    assertThat(beats).extracting(EncodeProgress::phase).contains(Phase.ENCODING, Phase.HELD);
    assertThat(holds).hasSize(1);
  }

  @Test
  void framesThatGrowAreLifeHoweverLongItTakes() throws Exception {
    // Each block is written when the one before has been seen, so that none is missed.
    String script =
        block(10, "continue")
            + untilSeen(10)
            + block(20, "continue")
            + untilSeen(20)
            + block(30, "continue")
            + untilSeen(30)
            + "sleep 1; exit 4";

    assertThat(watch(script, Duration.ofMinutes(1)))
        .isInstanceOfSatisfying(
            Seen.Ended.class, ended -> assertThat(ended.state().exitCode()).isEqualTo(4));
    assertThat(beats).extracting(EncodeProgress::percent).contains(10.0, 20.0, 30.0).isSorted();
    assertThat(beats).extracting(EncodeProgress::host).containsOnly("here");
  }

  @Test
  void noFrameForTheSetTimeIsAStall() throws Exception {
    assertThat(watch(block(10, "continue") + "sleep 300", Duration.ofMinutes(1)))
        .isEqualTo(new Seen.Stalled(Phase.ENCODING, 10, false));
  }

  @Test
  void whoWouldWorkButHardlyGetsAProcessorIsStarved() throws Exception {
    try (Hogs _ = Hogs.loose()) {
      assertThat(watch(block(10, "continue") + "while :; do :; done", Duration.ofMinutes(1)))
          .isEqualTo(new Seen.Stalled(Phase.ENCODING, 10, true));
    }
  }

  @Test
  void whoWaitsForSomethingElseIsNotStarvedHoweverBusyTheMachineIs() throws Exception {
    try (Hogs _ = Hogs.loose()) {
      assertThat(watch(block(10, "continue") + "sleep 300", Duration.ofMinutes(1)))
          .isEqualTo(new Seen.Stalled(Phase.ENCODING, 10, false));
    }
  }

  @Test
  void whoComesOnButHardlySinceOthersHaveTheProcessorsIsStarvedToo() throws Exception {
    String crawling =
        block(10, "continue")
            + untilSeen(10)
            + block(11, "continue")
            + "while [ ! -e enough ]; do :; done";

    try (Hogs _ = Hogs.loose()) {
      assertThat(watch(crawling, TEN_FRAMES_A_SECOND))
          .isInstanceOfSatisfying(
              Seen.Crawling.class, seen -> assertThat(seen.frames()).isBetween(0L, 11L));
    }
  }

  @Test
  void whoIsSlowOnAMachineOfItsOwnIsNotStarved() throws Exception {
    String slow = block(10, "continue") + "sleep 6; exit 0";

    assertThat(watch(slow, TEN_FRAMES_A_SECOND)).isInstanceOf(Seen.Ended.class);
  }

  @Test
  void whoIsSlowForWantOfSomethingElseIsNotStarvedHoweverBusyTheMachineIs() throws Exception {
    try (Hogs _ = Hogs.loose()) {
      assertThat(watch(block(10, "continue") + "sleep 6; exit 0", TEN_FRAMES_A_SECOND))
          .isInstanceOf(Seen.Ended.class);
    }
  }

  @Test
  void whoIsFastEnoughMayBeAsShortOfProcessorsAsItWants() throws Exception {
    String fast =
        block(10, "continue")
            + untilSeen(10)
            + "n=10; end=$(($(date +%s)+4)); while [ $(date +%s) -lt $end ]; do n=$((n+20)); "
            + block("$n", "continue")
            + "done; exit 0";

    try (Hogs _ = Hogs.loose()) {
      assertThat(watch(fast, new EncodeLimits.Pace(0.001, TEN_FRAMES_A_SECOND.window())))
          .isInstanceOf(Seen.Ended.class);
    }
  }

  /** Its first thread waits for the others, and is what the system shows of a program. */
  @Test
  void anEncoderWhoseThreadsWaitForAProcessorWantsOne() throws Exception {
    DetachedJob job = DetachedJob.in(folder);
    start(
        "exec "
            + TestTools.tools().ffmpeg()
            + " -nostdin -v error -f lavfi -i testsrc2=s=1920x1080 -threads 2 -c:v libsvtav1"
            + " -preset 2 -f null -");

    Processes.await("it works", Duration.ofMinutes(1), () -> job.cpuTicks() > 100);

    try (Hogs _ = Hogs.loose()) {
      int wanting = 0;
      for (int look = 0; look < LOOKS; look++) {
        wanting += job.wantsProcessor() ? 1 : 0;
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      assertThat(wanting).isGreaterThan(LOOKS / 2);
    }
  }

  @Test
  void cpuTimeIsLifeWhileTheResultIsChecked() throws Exception {
    String busy = "end=$(($(date +%s)+4)); while [ $(date +%s) -lt $end ]; do :; done; ";

    assertThat(watch(block(100, "end") + busy + "exit 0", Duration.ofMinutes(1)))
        .isInstanceOf(Seen.Ended.class);
    assertThat(beats).extracting(EncodeProgress::phase).contains(Phase.CHECKING);
  }

  @Test
  void aCheckThatDoesNothingIsAStall() throws Exception {
    assertThat(watch(block(100, "end") + "sleep 300", Duration.ofMinutes(1)))
        .isEqualTo(new Seen.Stalled(Phase.CHECKING, 100, false));
  }

  @Test
  void aJobThatIsToBeFrozenIsSeenAsSoonAsThatIsKnown() throws Exception {
    assertThat(watch("echo >freeze; sleep 300", Duration.ofMinutes(1)))
        .isEqualTo(new Seen.ToBeFrozen());
    assertThat(DetachedJob.in(folder).isRunning()).isTrue();
  }

  @Test
  void aJobMayNotRunLongerThanItsLimit() throws Exception {
    assertThat(watch("sleep 300", Duration.ofMillis(500))).isEqualTo(new Seen.TooLong(false));
  }
}
