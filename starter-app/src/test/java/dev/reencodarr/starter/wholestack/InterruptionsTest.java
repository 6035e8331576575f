package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.workflows.failure.FailureCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;

/**
 * Films on their way while workers are killed, servers are away and everything is paused. One stack
 * for all of them.
 */
class InterruptionsTest {

  private static final Duration OUTAGE = Duration.ofSeconds(30);
  private static final Duration TO_FREEZE = Duration.ofSeconds(30);
  private static final Duration TO_BEGIN = Duration.ofMinutes(3);

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

    killTheWorkerWhile(
        "a probe runs", () -> programsIn(installation.home().resolve("work/probes")));
    RunningEncode encode = underWay(film);
    // Held still, so that it does not end before the server is back.
    encode.hold();
    isAwayForAWhile(installation.member("temporal"));
    endsWithoutADatabase(film, encode);
    killTheWorkerWhile("its result is looked at", () -> verifying(film, encode));

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.encodes(film))
        .singleElement()
        .satisfies(row -> assertThat(row.launches()).as("begun once").isEqualTo(1));
    assertThat(Quarantine.of(films).original("outlives.mkv")).hasBinaryContent(original);
    assertThat(Files.size(film)).isLessThan(original.length);
    assertThat(installation.failureRows(film).reversed())
        .as("of the worker and the database, none of the film, and Temporal was not missed")
        .extracting(row -> row.stage().code() + ": " + row.message().split(":", -1)[0])
        .containsExactly(
            "crf_search: Worker restarted",
            "encoding: Infrastructure",
            "post_process: Worker restarted");
    assertThat(installation.failureRows(film))
        .allSatisfy(row -> {
          assertThat(row.category()).isEqualTo(FailureCategory.SYSTEM_ENVIRONMENT);
          assertThat(row.code()).isEqualTo("ENV");
          assertThat(row.isFinal()).isFalse();
          assertThat(row.resolvedAt()).as(row.message()).isPresent();
        });
  }

  @Test
  void aFrozenFleetStaysFrozenThroughARestartAndNoWorkIsLost() throws Exception {
    // Longer than the others: it has to run still when the command has come through.
    Path film = TestClips.made(films.resolve("frozen.mkv"), 30);
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

  @Test
  void whatIsAtWorkInALibraryThatIsTakenOutOfUseIsCancelledAndLeavesNothing() throws Exception {
    Path library = Files.createDirectories(folder.resolve("out of use"));
    Path film = TestClips.made(library.resolve("at work.mkv"), 15);
    byte[] original = Files.readAllBytes(film);
    installation.typeWell("library", "add", library, "--name", "out of use");
    installation.typeWell("enqueue", film, "--target", "60");
    RunningEncode encode = underWay(film);
    encode.hold();

    Installation.Said said = installation.typeWell("library", "remove", "out of use");

    assertThat(said.err()).contains("1 video of it cancelled");
    Installation.until("it is cancelled", () -> installation.state(film).equals("cancelled"));
    Installation.until("its job folder is gone", () -> installation.jobs(film).isEmpty());
    assertThat(film).hasBinaryContent(original);
    assertThat(installation.failures(film)).isEmpty();
  }

  private static RunningEncode underWay(Path film) throws Exception {
    Installation.until(
        "the encode runs", () -> installation.state(film).equals("encoding") && runs(film));
    return new RunningEncode(installation.jobs(film).getFirst());
  }

  private static boolean runs(Path film) throws Exception {
    return installation.jobs(film).stream().anyMatch(job -> Files.exists(job.file("progress")));
  }

  /** The programs that work in this folder or below it, by their numbers. */
  private static List<Long> programsIn(Path folder) {
    return Processes.living(folder.toString());
  }

  /** Those of the verification: they work beside the result, once its encode has ended. */
  private static List<Long> verifying(Path film, RunningEncode encode) {
    return installation.state(film).equals("replacing") ? programsIn(encode.folder()) : List.of();
  }

  /** The worker dies while it waits for a program, which is held still for so long. */
  private static void killTheWorkerWhile(String what, Callable<List<Long>> programs)
      throws Exception {
    List<Long> held = new ArrayList<>();
    Processes.await(
        what,
        TO_BEGIN,
        () -> {
          held.clear();
          for (long program : programs.call()) {
            Processes.stop(program);
            if (Processes.isStopped(program)) {
              held.add(program);
            }
          }
          return !held.isEmpty();
        });
    ProcessHandle worker = installation.member("worker");
    assertThat(worker.destroyForcibly()).isTrue();
    Installation.until("the worker is gone", () -> !worker.isAlive());
    Installation.until(
        "what it waited for dies with it",
        () -> held.stream().noneMatch(program -> ProcessHandle.of(program).isPresent()));
  }

  /** A server is stopped where it stands, with all its processes, and goes on then. */
  private static void isAwayForAWhile(ProcessHandle server) throws Exception {
    signal("STOP", server);
    TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
    signal("CONT", server);
  }

  /**
   * An encode that is held ends while PostgreSQL is down and Temporal is not. The worker waits half
   * a minute for a connection; PostgreSQL is not started again before it has given up.
   */
  private static void endsWithoutADatabase(Path film, RunningEncode encode) throws Exception {
    String workflow = "video/" + installation.known(film).get("id").asText();
    String temporal = installation.settings().connections().temporalAddress().orElseThrow();
    String attempt = encode.attempt();
    ProcessHandle supervisor = installation.supervisor();
    ProcessHandle database = installation.member("postgres");
    try (PendingActivities pending = new PendingActivities(temporal, workflow)) {
      Installation.until("the encode is waited for", () -> pending.includes(attempt));
      signal("STOP", supervisor.pid());
      try {
        signal("QUIT", database.pid());
        Installation.until("the database is down", () -> !database.isAlive());
        encode.goOn();
        Installation.until("the attempt has failed", () -> !pending.includes(attempt));
      } finally {
        signal("CONT", supervisor.pid());
      }
    }
    Installation.until("the database is up again", () -> isUp(installation.database()));
  }

  private static boolean isUp(Database database) {
    try {
      return database.client().sql("select true").query(Boolean.class).single();
    } catch (DataAccessException notYet) {
      return false;
    }
  }

  private static void signal(String name, ProcessHandle server) throws Exception {
    for (ProcessHandle process :
        Stream.concat(Stream.of(server), server.descendants())
            .filter(ProcessHandle::isAlive)
            .toList()) {
      signal(name, process.pid());
    }
  }

  private static void signal(String name, long process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process)).inheritIO().start().waitFor();
  }
}
