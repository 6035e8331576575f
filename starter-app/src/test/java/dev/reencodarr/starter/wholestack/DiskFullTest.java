package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of the work folder is full: nothing is lost, and work goes on when it is not any more.
 */
class DiskFullTest {

  private static final Duration TO_NOTICE = Duration.ofSeconds(60);
  private static final Set<String> HEAVY_QUEUES =
      Set.of("encode-cpu@default", "search-cpu@default");

  @TempDir Path folder;

  @Test
  void anEncodeThatFillsTheDiskEndsCleanlyAndIsDoneWhenThereIsRoom() throws Exception {
    assumeTrue(SmallDisk.canBeMade(), "this user may mount no small disk");
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 25);
    byte[] original = Files.readAllBytes(film);
    try (Installation installation = Installation.withLongEncodes(folder.resolve("home"));
        SmallDisk disk = SmallDisk.at(installation.home().resolve("work"))) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      installation.typeWell("enqueue", film, "--target", "60");
      Installation.until(
          "the encode runs",
          () -> installation.state(film).equals("encoding") && runs(installation, film));

      disk.fill();

      Installation.until(
          "the worker says that it takes no more of them",
          TO_NOTICE,
          () -> installation.pausedQueues().equals(HEAVY_QUEUES));
      assertThat(worker(installation).get("reason").asText())
          .contains("free in " + installation.home().resolve("work"), "are kept free");
      assertThat(installation.typeWell("status").out()).contains("PAUSED", "encode-cpu@default");
      Installation.until(
          "the encode has ended for want of space",
          () -> installation.failures(film).contains("RESOURCE_DISK"));
      assertThat(installation.jobs(film)).isEmpty();
      assertThat(film).hasBinaryContent(original);
      assertThat(files(films)).containsExactlyInAnyOrder("film.mkv", ".reencodarr/library.json");

      disk.makeRoom();

      Installation.until(
          "the worker works again", TO_NOTICE, () -> installation.pausedQueues().isEmpty());
      Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
      assertThat(Quarantine.of(films).original("film.mkv")).hasBinaryContent(original);
    }
  }

  /** Where this user may mount nothing: more is to be kept free than there is. */
  @Test
  void aWorkerWithoutRoomTakesNoWorkAndSaysSo() throws Exception {
    assumeFalse(SmallDisk.canBeMade(), "a disk that is really full shows more");
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 2);
    byte[] original = Files.readAllBytes(film);
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12]",
            "vmaf_scale: none",
            "free_space_reserve: 1000000GiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      installation.typeWell("enqueue", film, "--target", "90");
      Installation.until(
          "the worker says that it takes no work",
          TO_NOTICE,
          () -> installation.pausedQueues().equals(HEAVY_QUEUES));
      Installation.until(
          "the video waits for a worker", () -> installation.state(film).equals("searching"));
      assertThat(film).hasBinaryContent(original);
      installation.typeWell("down");

      installation.set("presets: [12]", "vmaf_scale: none", "free_space_reserve: 1MiB");
      installation.typeWell("up", "--detach");

      Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
      assertThat(Quarantine.of(films).original("film.mkv")).hasBinaryContent(original);
    }
  }

  private static boolean runs(Installation installation, Path film) throws Exception {
    return installation.jobs(film).stream().anyMatch(job -> Files.exists(job.file("progress")));
  }

  private static JsonNode worker(Installation installation) throws Exception {
    return installation.typeWell("status", "--format", "json").json().get("workers").get(0);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
