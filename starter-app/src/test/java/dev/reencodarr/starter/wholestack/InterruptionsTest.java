package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.workflows.failure.FailureCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Films on their way while workers are killed, servers are away and everything is paused. One stack
 * for all of them.
 */
class InterruptionsTest {

  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final Duration TO_FREEZE = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static Path films;
  private static Installation installation;

  @BeforeAll
  static void start() throws Exception {
    films = Files.createDirectories(folder.resolve("films"));
    installation = Installation.withLongEncodes(folder.resolve("home"));
    installation.typeWell("up", "--detach");
    installation.typeWell("library", "add", films, "--name", "films");
  }

  @AfterAll
  static void stop() throws Exception {
    installation.close();
  }

  @Test
  void aFilmOutlivesAWorkerThatIsKilledInEachStageAndBothServersBeingAway() throws Exception {
    Path film = TestClips.made(films.resolve("outlives.mkv"), 15);
    byte[] original = Files.readAllBytes(film);
    installation.typeWell("enqueue", film, "--target", "60");

    killTheWorkerIn("searching", film);
    RunningEncode encode = underWay(film);
    // Held still, so that it does not end before the servers are back.
    encode.hold();
    areAwayForAWhile(installation.member("postgres"), installation.member("temporal"));
    encode.goOn();
    killTheWorkerIn("replacing", film);

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.encodes(film))
        .singleElement()
        .satisfies(row -> assertThat(row.launches()).as("begun once").isEqualTo(1));
    assertThat(Quarantine.of(films).original("outlives.mkv")).hasBinaryContent(original);
    assertThat(Files.size(film)).isLessThan(original.length);
    assertThat(installation.failureRows(film))
        .as("of the worker and the servers, none of the film")
        .allSatisfy(row -> {
          assertThat(row.category()).isEqualTo(FailureCategory.SYSTEM_ENVIRONMENT);
          assertThat(row.code()).isEqualTo("ENV");
          assertThat(row.isFinal()).isFalse();
          assertThat(row.resolvedAt()).as(row.message()).isPresent();
        });
  }

  @Test
  void aFrozenFleetStaysFrozenThroughARestartAndNoWorkIsLost() throws Exception {
    Path film = TestClips.made(films.resolve("frozen.mkv"), 15);
    Path next = TestClips.made(films.resolve("next.mkv"), 2);
    installation.typeWell("enqueue", film, "--target", "60");
    RunningEncode encode = underWay(film);

    assertThat(installation.typeWell("pause", "--all", "--freeze").out())
        .isEqualTo("everything paused; what runs is frozen\n");

    Installation.until("it waits", TO_FREEZE, () -> installation.state(film).equals("waiting"));
    assertThat(installation.known(film).get("detail").asText()).isEqualTo("everything is paused");
    assertThat(installation.typeWell("status").out())
        .contains("PAUSED      everything, since ", ", encodes frozen");
    JsonNode pause =
        installation.typeWell("status", "--format", "json").json().get("pauses").get(0);
    assertThat(pause.get("scope").asText()).isEqualTo("everything");
    assertThat(pause.get("freezes").asBoolean()).isTrue();
    long frames = encode.frames();
    installation.typeWell("enqueue", next, "--target", "60");

    installation.typeWell("down", "--keep-encodes");
    installation.typeWell("up", "--detach");

    Installation.until(
        "the next one is known and waits for its turn",
        () -> installation.state(next).equals("found") && installation.isAnalysed(next));
    assertThat(installation.state(film)).isEqualTo("waiting");
    assertThat(encode.processes()).isNotEmpty();
    assertThat(encode.frames()).as("not one more").isEqualTo(frames);
    assertThat(installation.type("retry", film).err()).contains("not parked: everything is paused");

    assertThat(installation.typeWell("resume", "--all").out()).isEqualTo("1 pause lifted\n");

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.encodes(film))
        .singleElement()
        .satisfies(row -> assertThat(row.launches()).as("begun once").isEqualTo(1));
    Installation.until("the next one too", () -> installation.state(next).equals("encoded"));
    assertThat(installation.failures(film)).isEmpty();
    assertThat(installation.typeWell("status").out()).doesNotContain("PAUSED");
  }

  private static RunningEncode underWay(Path film) throws Exception {
    Installation.until(
        "the encode runs", () -> installation.state(film).equals("encoding") && runs(film));
    return new RunningEncode(installation.jobs(film).getFirst());
  }

  private static boolean runs(Path film) throws Exception {
    return installation.jobs(film).stream().anyMatch(job -> Files.exists(job.file("progress")));
  }

  private static void killTheWorkerIn(String state, Path film) throws Exception {
    Installation.until("it is " + state, () -> installation.state(film).equals(state));
    ProcessHandle worker = installation.member("worker");
    assertThat(worker.destroyForcibly()).isTrue();
    Installation.until("the worker is gone", () -> !worker.isAlive());
  }

  /** Stops servers where they stand, with all their processes, and lets them go on. */
  private static void areAwayForAWhile(ProcessHandle... servers) throws Exception {
    signal("STOP", servers);
    TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
    signal("CONT", servers);
  }

  private static void signal(String name, ProcessHandle... servers) throws Exception {
    List<ProcessHandle> processes =
        Stream.of(servers)
            .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
            .filter(ProcessHandle::isAlive)
            .toList();
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    }
  }
}
