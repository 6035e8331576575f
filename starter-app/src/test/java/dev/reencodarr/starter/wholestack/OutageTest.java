package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.workflows.failure.FailureCategory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A film on its way while its worker is killed and the servers are away. */
class OutageTest {

  private static final Duration OUTAGE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aFilmOutlivesAWorkerThatIsKilledInEachStageAndBothServersBeingAway() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 20);
    byte[] original = Files.readAllBytes(film);
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [5]",
            "min_crf: 40",
            "max_crf: 40",
            "cpu_threads: 1",
            "vmaf_scale: none",
            "vmaf_subsample: 10",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      installation.typeWell("enqueue", film, "--target", "60");

      killTheWorkerIn("searching", film, installation);
      Installation.until(
          "the encode runs",
          () -> installation.state(film).equals("encoding") && runs(installation, film));
      RunningEncode encode = new RunningEncode(installation.jobs(film).getFirst());
      // Held still, so that it does not end before the servers are back.
      encode.hold();
      isAwayForAWhile(installation.member("postgres"));
      isAwayForAWhile(installation.member("temporal"));
      encode.goOn();
      killTheWorkerIn("replacing", film, installation);

      Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
      assertThat(installation.encodes(film))
          .singleElement()
          .satisfies(row -> assertThat(row.launches()).as("begun once").isEqualTo(1));
      assertThat(Quarantine.of(films).original("film.mkv")).hasBinaryContent(original);
      assertThat(Files.size(film)).isLessThan(original.length);
      assertThat(installation.failureRows(film))
          .as("of the worker and the servers, none of the film")
          .isNotEmpty()
          .allSatisfy(row -> {
            assertThat(row.category()).isEqualTo(FailureCategory.SYSTEM_ENVIRONMENT);
            assertThat(row.code()).isEqualTo("ENV");
            assertThat(row.isFinal()).isFalse();
            assertThat(row.resolvedAt()).as(row.message()).isPresent();
          });
    }
  }

  private static void killTheWorkerIn(String state, Path film, Installation installation)
      throws Exception {
    Installation.until("it is " + state, () -> installation.state(film).equals(state));
    ProcessHandle worker = installation.member("worker");
    assertThat(worker.destroyForcibly()).isTrue();
    Installation.until("the worker is gone", () -> !worker.isAlive());
  }

  /** Stops a server where it stands, with all its processes, and lets it go on. */
  private static void isAwayForAWhile(ProcessHandle server) throws Exception {
    signal("STOP", server);
    TimeUnit.NANOSECONDS.sleep(OUTAGE.toNanos());
    signal("CONT", server);
  }

  private static void signal(String name, ProcessHandle server) throws Exception {
    for (ProcessHandle process :
        Stream.concat(Stream.of(server), server.descendants())
            .filter(ProcessHandle::isAlive)
            .toList()) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
          .inheritIO()
          .start()
          .waitFor();
    }
  }

  private static boolean runs(Installation installation, Path film) throws Exception {
    return installation.jobs(film).stream().anyMatch(job -> Files.exists(job.file("progress")));
  }
}
