package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is paused stands still through a restart of everything, and goes on from there. */
class PauseTest {

  private static final Duration TO_FREEZE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void aFrozenFleetStaysFrozenThroughARestartAndNoWorkIsLost() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 25);
    Path next = TestClips.made(films.resolve("next.mkv"), 2);
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
      Installation.until(
          "the encode runs",
          () -> installation.state(film).equals("encoding") && runs(installation, film));
      RunningEncode encode = new RunningEncode(installation.jobs(film).getFirst());

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
      assertThat(installation.type("retry", film).err())
          .contains("not parked: everything is paused");

      assertThat(installation.typeWell("resume", "--all").out()).isEqualTo("1 pause lifted\n");

      Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
      assertThat(installation.encodes(film))
          .singleElement()
          .satisfies(row -> assertThat(row.launches()).as("begun once").isEqualTo(1));
      Installation.until("the next one too", () -> installation.state(next).equals("encoded"));
      assertThat(installation.failures(film)).isEmpty();
      assertThat(installation.typeWell("status").out()).doesNotContain("PAUSED");
    }
  }

  private static boolean runs(Installation installation, Path film) throws Exception {
    List<JobFolder> jobs = installation.jobs(film);
    return jobs.stream().anyMatch(job -> Files.exists(job.file("progress")));
  }
}
