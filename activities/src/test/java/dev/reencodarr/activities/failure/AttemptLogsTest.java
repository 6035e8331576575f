package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.process.BoundRunner;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.replace.MountedFolders;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real programs, run as the worker runs them. */
class AttemptLogsTest {

  private static final String FLOOD =
      "echo answer; i=0; while [ $i -lt 4000 ]; do echo \"line $i\" >&2; i=$((i+1)); done; exit 3";

  private static final Path FILM = Path.of("/films/It's a \"film\"\n 🎬 日本 (1999) token=x.mkv");

  @TempDir private Path folder;
  private Path work;
  private JobFolders folders;

  @BeforeEach
  void open() throws IOException {
    work = Files.createDirectories(folder.resolve("work"));
    folders = new JobFolders(work);
  }

  /** A step that runs this script and takes anything but success for a failure. */
  private ApplicationFailure failureOf(String script, String... arguments) {
    return catchThrowableOfType(
        ApplicationFailure.class, () -> attempt(EvidenceKind.PROCESS_EXIT, script, arguments));
  }

  private ProgramEnd attempt(EvidenceKind kind, String script, String... arguments) {
    return new AttemptLogs(folders.logs(), "alpha")
        .during("probe", FILM, log -> run(log, kind, script, arguments));
  }

  private ProgramEnd run(
      ProgramListener log, EvidenceKind kind, String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    ProgramCall call =
        new ProgramCall(command, work, Map.of(), Duration.ofMinutes(2), 64 << 10, false);
    try {
      ProgramEnd end =
          new BoundRunner(TestTools.tools(), folder.resolve("home"))
              .heardBy(log)
              .run(call, () -> {});
      if (!end.succeeded()) {
        throw Faults.of(
            new Evidence(
                kind, "it failed", end.exitCode(), 0, command, end.stderr(), Map.of("crf", "30")));
      }
      return end;
    } catch (ProgramNotStarted | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> contextOf(ApplicationFailure failure) {
    return Faults.evidence(failure).orElseThrow().context();
  }

  private static Path logOf(ApplicationFailure failure) {
    return Path.of(contextOf(failure).get("log"));
  }

  @Test
  void aFailedProgramsWholeOutputLiesInAFileThatItsFaultNames() throws Exception {
    ApplicationFailure failure = failureOf(FLOOD);

    assertThat(failure.getType()).isEqualTo("PROCESS_EXIT");
    assertThat(contextOf(failure)).containsEntry("crf", "30").containsEntry("host", "alpha");
    String flood =
        IntStream.range(0, 4000).mapToObj(n -> "line " + n + "\n").collect(Collectors.joining());
    assertThat(logOf(failure))
        .content()
        .startsWith("file     /films/It's a \"film\"? 🎬 日本 (1999) token=***\nbegan    2")
        .contains("\n== /bin/sh -c 'echo answer; ")
        .contains(" sh\n" + flood + "== standard output\nanswer\n== exit code 3, after ")
        .endsWith(" s\n");
    assertThat(folders.logs().all()).containsExactly(logOf(failure));
  }

  @Test
  void theFileIsNamedAfterTheFilmTheStepAndTheTime() {
    Path first = logOf(failureOf("exit 1"));
    Path second = logOf(failureOf("exit 1"));

    assertThat(first.getFileName().toString())
        .matches("It_s_a__film_____日本__1999__token_x\\.mkv\\.probe-\\d{8}T\\d{6}Z(-2)?\\.log");
    assertThat(second).isNotEqualTo(first).exists();
  }

  @Test
  void secretsDoNotReachIt() {
    ApplicationFailure failure =
        failureOf(
            "printf 'X-Api-Key: 0123456789abcdef0123456789abcdef' >&2; echo password=hunter2; exit 1",
            "--token",
            "verysecret");

    assertThat(logOf(failure))
        .content()
        .contains("X-Api-Key: ***\n", "password=***\n", "--token ***")
        .doesNotContain("0123456789", "hunter2", "verysecret");
  }

  @Test
  @Timeout(60)
  void aLineWithoutAnEndIsNoHindrance() {
    ApplicationFailure failure =
        failureOf("head -c 3000000 /dev/zero | tr '\\0' 'x' >&2; echo ' api_key=k' >&2; exit 1");

    assertThat(logOf(failure)).content().contains("xxx api_key=***\n== exit code 1");
  }

  @Test
  void filmsOfTheSameNameThatFailAtTheSameTimeHaveALogEach() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Path>> attempts = Collections.nCopies(8, () -> logOf(failureOf("exit 1")));
      List<Path> logs = new ArrayList<>();
      for (Future<Path> attempt : threads.invokeAll(attempts)) {
        logs.add(attempt.get());
      }

      assertThat(folders.logs().all()).hasSize(8).containsExactlyInAnyOrderElementsOf(logs);
      assertThat(logs).allSatisfy(log -> assertThat(log).content().contains("== exit code 1"));
    }
  }

  @Test
  void whatSucceedsLeavesNothingHoweverMuchItSays() throws Exception {
    ProgramEnd end =
        attempt(EvidenceKind.PROCESS_EXIT, "head -c 400000 /dev/zero | tr '\\0' 'x' >&2");

    assertThat(end.succeeded()).isTrue();
    try (var files = Files.list(folders.logs().folder())) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void severalProgramsAreToldInTheirOrder() {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                new AttemptLogs(folders.logs(), "alpha")
                    .during(
                        "verification",
                        FILM,
                        log -> {
                          run(log, EvidenceKind.PROCESS_EXIT, "printf first >&2");
                          return run(log, EvidenceKind.PROCESS_EXIT, "echo second; exit 1");
                        }));

    assertThat(logOf(failure))
        .content()
        .containsSubsequence(
            "== /bin/sh -c 'printf first >&2' sh\n",
            "first\n== exit code 0",
            "== /bin/sh -c 'echo second; exit 1' sh\n== standard output\nsecond\n== exit code 1");
  }

  @Test
  void anErrorOfOurOwnLeavesWhatItsProgramsHavePrinted() {
    ApplicationFailure failure =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                new AttemptLogs(folders.logs(), "alpha")
                    .during(
                        "probe",
                        FILM,
                        log -> {
                          run(log, EvidenceKind.PROCESS_EXIT, "echo vmaf 95");
                          throw new IllegalStateException("a bug");
                        }));

    assertThat(failure.getType()).isEqualTo("UNEXPECTED");
    assertThat(logOf(failure)).content().contains("vmaf 95\n== exit code 0");
  }

  @Test
  void aCancellationPassesAsItIs() throws Exception {
    ActivityCanceledException cancelled = new ActivityCanceledException();

    assertThatThrownBy(() ->
            new AttemptLogs(folders.logs(), "alpha")
                .during(
                    "probe",
                    FILM,
                    log -> {
                      run(log, EvidenceKind.PROCESS_EXIT, "echo vmaf 95");
                      throw cancelled;
                    }))
        .isSameAs(cancelled);
    assertThat(folders.logs().all()).isEmpty();
  }

  @Test
  void aFaultWithoutAProgramAndAWorkersStopLeaveNoLog() throws Exception {
    ApplicationFailure withoutProgram =
        catchThrowableOfType(
            ApplicationFailure.class,
            () ->
                new AttemptLogs(folders.logs(), "alpha")
                    .during(
                        "analysis",
                        FILM,
                        log -> {
                          throw Faults.of(EvidenceKind.FILE_ACCESS, "it is not there");
                        }));
    ApplicationFailure stopped =
        catchThrowableOfType(
            ApplicationFailure.class, () -> attempt(EvidenceKind.WORKER_RESTARTED, "exit 1"));

    assertThat(contextOf(withoutProgram)).isEmpty();
    assertThat(contextOf(stopped)).doesNotContainKey("log");
    assertThat(folders.logs().all()).isEmpty();
  }

  @Test
  void aFullDiskLeavesTheFaultAsItIsAndSaysThatTheLogIsMissing() throws Exception {
    MountedFolders.assumeRoot();
    try (MountedFolders mounts = new MountedFolders()) {
      Path small = mounts.tmpfs(folder.resolve("small"), "64k");
      folders = new JobFolders(small);
      fill(small.resolve("filler"));

      ApplicationFailure failure = failureOf(FLOOD);

      assertThat(failure.getType()).isEqualTo("PROCESS_EXIT");
      assertThat(Faults.evidence(failure).orElseThrow().output()).endsWith("line 3999");
      assertThat(contextOf(failure))
          .doesNotContainKey("log")
          .hasEntrySatisfying("log_lost", why -> assertThat(why).contains("No space left"));
      assertThat(folders.logs().all()).isEmpty();
    }
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
