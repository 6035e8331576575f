package dev.reencodarr.activities.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.reencodarr.activities.failure.JudgedFault;
import dev.reencodarr.workflows.failure.FailureStage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundRunnerTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private Path folder;

  static Stream<Containment> everyContainment() {
    return Containment.candidates().stream().filter(Containment::works);
  }

  private BoundRunner runner(Containment containment) {
    return new BoundRunner(
        TestTools.tools(),
        folder.resolve("home"),
        containment,
        containment,
        Duration.ofMillis(300),
        WorkPermit.ALWAYS);
  }

  private BoundRunner runner() {
    return new BoundRunner(TestTools.tools(), folder.resolve("home"));
  }

  private ProgramCall call(Duration limit, String... arguments) {
    return new ProgramCall(List.of(arguments), folder, Map.of(), limit, 64 * 1024, false);
  }

  private ProgramCall script(Duration limit, String script, String... arguments) {
    List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    all.addAll(List.of(arguments));
    return call(limit, all.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("everyContainment")
  void outputAndExitCodeAreTheProgramsOwn(Containment containment) throws Exception {
    ProgramEnd end =
        runner(containment).run(script(LONG, "echo out; echo err >&2; exit 183"), () -> {});

    assertThat(end.stdout()).isEqualTo("out\n");
    assertThat(end.stderr()).isEqualTo("err");
    assertThat(end.exitCode()).isEqualTo(183);
    assertThat(end.signal()).isZero();
    assertThat(end.timedOut()).isFalse();
    assertThat(end.succeeded()).isFalse();
  }

  @Test
  void programsEndThoughOthersHoldEveryThreadOfTheCommonPool() throws Exception {
    var held = new CountDownLatch(1);
    int threads = Math.max(1, ForkJoinPool.getCommonPoolParallelism());
    List<ForkJoinTask<Void>> holders =
        Stream.generate(() -> ForkJoinPool.commonPool().submit(() -> awaited(held)))
            .limit(threads)
            .toList();
    try {
      assertThat(runner().run(script(LONG, "echo out"), () -> {}).stdout()).isEqualTo("out\n");
    } finally {
      held.countDown();
      holders.forEach(ForkJoinTask::join);
    }
  }

  private static Void awaited(CountDownLatch held) throws InterruptedException {
    held.await();
    return null;
  }

  @Test
  void whoHardlyGotAProcessorUntilItsLimitWasStarvedAndWhoSleptWasNot() throws Exception {
    try (Hogs _ = Hogs.loose()) {
      assertThat(runner().run(quietly("while :; do :; done"), () -> {}).starved()).isTrue();
      assertThat(runner().run(quietly("sleep 300"), () -> {}).starved()).isFalse();
    }
  }

  private ProgramCall quietly(String script) {
    return new ProgramCall(
        List.of("/bin/sh", "-c", script), folder, Map.of(), Duration.ofSeconds(2), 0, true);
  }

  @ParameterizedTest
  @MethodSource("everyContainment")
  void aHeavyProgramStandsStillWhileItsMachineIsHeldAndThatTimeDoesNotCount(Containment containment)
      throws Exception {
    TestPermit permit = new TestPermit();
    String marker = Processes.marker();
    BoundRunner runner =
        new BoundRunner(
            TestTools.tools(),
            folder.resolve("home"),
            containment,
            containment,
            Duration.ofMillis(300),
            permit);
    AtomicInteger seconds = new AtomicInteger();

    ProgramEnd end =
        runner.run(
            new ProgramCall(
                List.of("/bin/sh", "-c", "for i in $(seq 30); do sleep 0.1; done", "sh", marker),
                folder,
                Map.of(),
                Duration.ofSeconds(8),
                0,
                true),
            () -> {
              int second = seconds.incrementAndGet();
              if (second == 1) {
                permit.hold(true);
              } else if (second > 2 && second < 12) {
                assertThat(Processes.isStopped(innermost(marker))).isTrue();
              } else if (second == 12) {
                permit.letGo();
              }
            });

    assertThat(end.timedOut()).isFalse();
    assertThat(end.exitCode()).isZero();
    assertThat(end.seconds()).isLessThan(8);
    assertThat(seconds.get()).isGreaterThan(12);
  }

  @Test
  void whatIsHeldIsEndedWhereNobodyWantsItAnyMore() throws Exception {
    TestPermit permit = new TestPermit();
    String marker = Processes.marker();
    BoundRunner runner = new BoundRunner(TestTools.tools(), folder.resolve("home"), permit);
    ProgramCall call =
        new ProgramCall(
            List.of("/bin/sh", "-c", "while :; do sleep 0.1; done", "sh", marker),
            folder,
            Map.of(),
            LONG,
            0,
            true);
    permit.hold(true);

    assertThatThrownBy(() ->
            runner.run(
                call,
                () -> {
                  if (Processes.isStopped(innermost(marker))) {
                    throw new IllegalStateException("cancelled");
                  }
                }))
        .hasMessage("cancelled");
    assertThat(Processes.living(marker)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyContainment")
  void aSignalIsToldFromAnExitCode(Containment containment) throws Exception {
    ProgramEnd end = runner(containment).run(script(LONG, "sh -c 'kill -9 $$'"), () -> {});

    assertThat(end.signal()).isEqualTo(9);
    assertThat(end.exitCode()).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("everyContainment")
  void aProgramThatSomebodyKillsIsKnownToBeKilled(Containment containment) throws Exception {
    String marker = Processes.marker();

    ProgramEnd end =
        runner(containment)
            .run(
                script(LONG, "echo busy >&2; while :; do sleep 300; done", marker),
                () -> Processes.kill(innermost(marker)));

    assertThat(end.signal()).isEqualTo(9);
    assertThat(end.exitCode()).isEqualTo(-1);
    assertThat(end.stderr()).isEqualTo("busy");
  }

  /** The program itself, which stands behind all that contains it. */
  private static long innermost(String marker) {
    return Processes.living(marker).stream()
        .filter(pid -> Processes.commandLine(pid).startsWith("/bin/sh\0"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void ffprobeIsEndedAtItsLimitThoughItHasNoNamespaceOfItsOwn() throws Exception {
    Path sleep = Path.of("/bin/sleep");
    BoundRunner runner =
        new BoundRunner(
            new ToolSet(TestTools.tools().abAv1(), TestTools.tools().ffmpeg(), sleep),
            folder.resolve("home"));

    ProgramEnd end = runner.run(call(Duration.ofMillis(300), sleep.toString(), "600"), () -> {});

    assertThat(end.timedOut()).isTrue();
    assertThat(end.seconds()).isLessThan(20.0);
  }

  @Test
  void argumentsArriveAsTheyAreWhateverTheyHold() throws Exception {
    List<String> awful =
        List.of("", " ", "'", "\"; rm -rf /\"", "-dash", "$(id)", "a\nb", "\\", "*", "日本 🎬", "%s");
    List<String> command = new ArrayList<>(List.of("/usr/bin/printf", "<%s>"));
    command.addAll(awful);

    ProgramEnd end = runner().run(call(LONG, command.toArray(String[]::new)), () -> {});

    assertThat(end.stdout())
        .isEqualTo(String.join("", awful.stream().map(it -> "<" + it + ">").toList()));
  }

  @Test
  void nothingOfOurEnvironmentIsInherited() throws Exception {
    ProgramCall call =
        new ProgramCall(
            List.of("/usr/bin/env"), folder, Map.of("EXTRA", "yes"), LONG, 64 * 1024, true);

    ProgramEnd end = runner().run(call, () -> {});

    assertThat(end.stdout().lines().map(line -> line.substring(0, line.indexOf('='))))
        .containsExactlyInAnyOrder("PATH", "LC_ALL", "HOME", "XDG_CACHE_HOME", "EXTRA");
    assertThat(end.stdout())
        .contains("LC_ALL=C.UTF-8", TestTools.tools().folders().getFirst().toString());
  }

  @Test
  void heavyWorkIsNice() throws Exception {
    ProgramCall call =
        new ProgramCall(List.of("/usr/bin/nice"), folder, Map.of(), LONG, 64 * 1024, true);

    assertThat(runner().run(call, () -> {}).stdout()).isEqualTo("19\n");
  }

  @Test
  void floodsAreCutToBeginningAndEnd() throws Exception {
    String flood =
        "i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done; "
            + "head -c 300000 /dev/zero; printf 'nul\\0nul' >&2";

    ProgramEnd end =
        runner()
            .run(
                new ProgramCall(
                    List.of("/bin/sh", "-c", flood), folder, Map.of(), LONG, 1000, false),
                () -> {});

    assertThat(end.stdout()).hasSize(1000);
    assertThat(end.stderr())
        .startsWith("line 0\nline 1\n")
        .contains("lines left out")
        .endsWith("line 2999\nnulnul")
        .hasSizeLessThan(9000);
  }

  @ParameterizedTest
  @MethodSource("everyContainment")
  void whatPassesItsLimitIsEndedWithItsWholeTree(Containment containment) throws Exception {
    String marker = Processes.marker();

    ProgramEnd end =
        runner(containment).run(stubbornTree(marker, Duration.ofMillis(700)), () -> {});

    assertThat(end.timedOut()).isTrue();
    assertThat(end.seconds()).isBetween(0.6, 30.0);
    assertThat(Processes.living(marker)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("everyContainment")
  void whatTheCallerThrowsEndsTheTreeAndIsPassedOn(Containment containment) {
    String marker = Processes.marker();
    AtomicInteger seconds = new AtomicInteger();

    Throwable thrown =
        catchThrowable(() ->
            runner(containment)
                .run(
                    stubbornTree(marker, LONG),
                    () -> {
                      if (seconds.incrementAndGet() == 2) {
                        throw new IllegalStateException("not wanted any more");
                      }
                    }));

    assertThat(thrown).hasMessage("not wanted any more");
    assertThat(Processes.living(marker)).isEmpty();
  }

  @Test
  void anInterruptEndsTheTree() throws Exception {
    String marker = Processes.marker();
    List<Throwable> thrown = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() ->
                thrown.add(
                    catchThrowable(() ->
                        runner(Containment.tightest()).run(stubbornTree(marker, LONG), () -> {}))));
    Processes.await("it runs", SOON, () -> Processes.living(marker).size() >= 3);

    caller.interrupt();
    caller.join(SOON);

    assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    assertThat(Processes.living(marker)).isEmpty();
  }

  @Test
  void theProgramIsAskedBeforeItIsKilled() throws Exception {
    String polite = "trap 'echo asked; kill $!; exit 3' INT; sleep 300 & wait";

    ProgramEnd end = runner().run(script(Duration.ofMillis(700), polite), () -> {});

    assertThat(end.stdout()).isEqualTo("asked\n");
    assertThat(end.timedOut()).isTrue();
  }

  @Test
  void aMissingOrUnfitProgramIsNotAFailureOfItsWork() throws Exception {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no program");

    assertThatThrownBy(() -> runner().run(call(LONG, "/nowhere/ffmpeg"), () -> {}))
        .isInstanceOf(ProgramNotStarted.class)
        .hasMessageContaining("/nowhere/ffmpeg");
    assertThatThrownBy(() -> runner().run(call(LONG, text.toString()), () -> {}))
        .isInstanceOf(ProgramNotStarted.class);
    assertThatThrownBy(() ->
            runner().run(script(LONG, "echo libav.so: no such object >&2; exit 127"), () -> {}))
        .isInstanceOf(ProgramNotStarted.class)
        .hasMessageContaining("libav.so: no such object");
  }

  /**
   * As one that waits for a mount that hangs, and cannot be killed. The program ends only once its
   * output is being read: Java shuts the output of a program that has ended before.
   */
  @Test
  void whatHoldsTheOutputOfAProgramThatHasEndedHasStalled() throws Exception {
    String marker = Processes.marker();
    BoundRunner runner = runner(new Containment(List.of(), true));
    Path read = folder.resolve(marker);
    Set<Thread> others = Thread.getAllStackTraces().keySet();
    String ending = "sh -c 'sleep 300; exit' \"$1\" & until [ -e \"$1\" ]; do sleep 0.02; done";

    Throwable thrown =
        catchThrowable(() ->
            runner.run(
                script(LONG, ending, read.toString()),
                () -> {
                  if (outputIsRead(others)) {
                    make(read);
                  }
                }));

    Processes.living(marker).forEach(Processes::kill);
    assertThat(JudgedFault.row(FailureStage.ENCODING, thrown))
        .isEqualTo("encoding/timeout/STALLED RETRY");
  }

  private static boolean outputIsRead(Set<Thread> others) {
    return Thread.getAllStackTraces().entrySet().stream()
            .filter(thread -> !others.contains(thread.getKey()))
            .filter(thread -> thread.getKey().getName().startsWith("program-"))
            .filter(thread ->
                Stream.of(thread.getValue())
                    .anyMatch(frame -> frame.getMethodName().equals("readBytes")))
            .count()
        == 2;
  }

  private static void make(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aProgramDiesWithAJvmThatIsKilled() throws Exception {
    String marker = Processes.marker();
    Process jvm = OtherJvm.start(OtherJvm.Job.BOUND, folder, marker);
    Processes.await("it runs", SOON, () -> Processes.living(marker + "-work").size() >= 3);

    jvm.destroyForcibly().waitFor();

    Processes.await("all is gone", SOON, () -> Processes.living(marker + "-work").isEmpty());
  }

  /** A program, a child and a grandchild that do not hear SIGINT. */
  private ProgramCall stubbornTree(String marker, Duration limit) {
    return script(
        limit,
        "trap '' INT; sh -c 'trap \"\" INT; sh -c \"sleep 300; exit\" \"$0\"; exit' \"$1\" & sleep 300; exit",
        marker);
  }
}
