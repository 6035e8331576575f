package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.TestClips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that dies in the middle of an encode: the encode lives on and is taken over. */
class WorkerDeathTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNextWorkerTakesTheRunningEncodeOverAndStartsNoSecondOne(boolean byForce)
      throws Exception {
    Path library = Files.createDirectories(folder.resolve("films"));
    Path film = library.resolve("film.mkv");
    // Long and detailed enough that the encode outlives the restart of the worker.
    TestClips.ffmpeg(
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=960x540:rate=25:duration=12",
        "-vf",
        "noise=alls=12:allf=t",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-qp",
        "10",
        film);

    try (Installation installation =
        new Installation(folder.resolve("home"), "presets: [4]", "vmaf_subsample: 10")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", library, "--name", "films");
      installation.typeWell("enqueue", "films", "--target", "90");
      Installation.until(
          "an encode runs", () -> encoder(installation).filter(ProcessHandle::isAlive).isPresent());
      ProcessHandle encoder = encoder(installation).orElseThrow();
      ProcessHandle worker = worker(installation);

      boolean asked = byForce ? worker.destroyForcibly() : worker.destroy();

      assertThat(asked).isTrue();
      Installation.until("the worker is gone", () -> !worker.isAlive());
      assertThat(encoder.isAlive()).isTrue();
      Installation.until("it is encoded", () -> state(installation).equals("encoded"));
      assertThat(launches(installation)).containsExactly(1);
    }
  }

  private static String state(Installation installation) {
    try {
      return installation.video("film.mkv").get("state").asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The process that the job's own record names. */
  private static Optional<ProcessHandle> encoder(Installation installation) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").endsWith("/ab-av1"))
        .filter(process -> workingFolder(process).startsWith(installation.home()))
        .filter(process -> workingFolder(process).toString().contains("/jobs/"))
        .findFirst();
  }

  private static ProcessHandle worker(Installation installation) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("worker.jar"))
        .filter(process -> workingFolder(process).startsWith(installation.home()))
        .findFirst()
        .orElseThrow();
  }

  private static Path workingFolder(ProcessHandle process) {
    try {
      return Path.of("/proc", Long.toString(process.pid()), "cwd").toRealPath();
    } catch (IOException gone) {
      return Path.of("/");
    }
  }

  /** Launches of every encode that is on record, read from the database that the stack named. */
  private static List<@Nullable Integer> launches(Installation installation) throws Exception {
    var stack = new ObjectMapper().readTree(installation.home().resolve("run/stack.json").toFile());
    var database =
        org.springframework.jdbc.core.simple.JdbcClient.create(
            dev.reencodarr.activities.store.ConnectionSource.of(
                stack.get("database_url").asText()));
    return database.sql("select launches from encodes").query(Integer.class).list();
  }
}
