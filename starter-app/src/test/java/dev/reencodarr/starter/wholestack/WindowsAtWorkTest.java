package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A window that closes while an encode runs. */
class WindowsAtWorkTest {

  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;

  /** A place on earth where it will be this time of day in so many seconds. */
  private static String whereItIsSoon(LocalTime time, int seconds) {
    int now = Instant.now().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay();
    int ahead = Math.floorMod(time.toSecondOfDay() - seconds - now, 86_400);
    return ZoneOffset.ofTotalSeconds(ahead > 43_200 ? ahead - 86_400 : ahead).getId();
  }

  @Test
  void anEncodeStandsStillWhileItsWindowIsClosedAndGoesOnFromThere() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("night.mkv"), 45);
    try (Installation installation = Installation.withLongEncodes(folder.resolve("home"))) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      installation.typeWell("enqueue", film, "--target", "60");
      Installation.until(
          "the encode runs",
          () ->
              installation.state(film).equals("encoding")
                  && !installation.jobs(film).isEmpty()
                  && Files.exists(installation.jobs(film).getFirst().file("progress")));
      RunningEncode encode = new RunningEncode(installation.jobs(film).getFirst());

      String closing = whereItIsSoon(LocalTime.NOON, 3);
      assertThat(
              installation.typeWell("windows", "set", "00:00-12:00", "--time-zone", closing).out())
          .contains("every machine: 00:00-12:00 by the clocks of " + closing);

      Installation.until("it is stopped", SOON, () -> isStopped(encode));
      Installation.until(
          "the status says so",
          SOON,
          () ->
              installation
                  .typeWell("status")
                  .out()
                  .contains("HELD      outside its window until "));
      long frames = encode.frames();
      JsonNode worker =
          installation.typeWell("status", "--format", "json").json().get("workers").get(0);
      assertThat(worker.get("held").asText()).endsWith("00:00 (" + closing + ")");
      assertThat(installation.typeWell("doctor").out()).contains("is held: outside its window");
      assertThat(installation.typeWell("resume", "--all").out()).isEqualTo("0 pauses lifted\n");
      assertThat(isStopped(encode)).as("resume opens no window").isTrue();
      assertThat(encode.frames()).isEqualTo(frames);
      assertThat(installation.state(film)).isEqualTo("encoding");

      installation.typeWell(
          "windows", "set", "00:00-12:00", "--time-zone", whereItIsSoon(LocalTime.MIDNIGHT, 3));

      Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
      assertThat(installation.encodes(film))
          .singleElement()
          .satisfies(row -> assertThat(row.launches()).as("begun once").isEqualTo(1));
      assertThat(installation.failures(film)).isEmpty();
      Installation.until(
          "the status says so",
          SOON,
          () -> !installation.typeWell("status").out().contains("HELD"));
    }
  }

  /** As the kernel has it in /proc: state T; but for the wrapper, which waits. */
  private static boolean isStopped(RunningEncode encode) {
    List<Long> programs =
        encode.processes().stream()
            .map(process -> process.pid())
            .filter(pid -> !Processes.commandLine(pid).contains("set -C"))
            .toList();
    return !programs.isEmpty() && programs.stream().allMatch(Processes::isStopped);
  }
}
