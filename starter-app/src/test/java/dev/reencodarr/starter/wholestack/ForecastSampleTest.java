package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample for the forecast, from what is typed to what the later encode makes of it. */
class ForecastSampleTest {

  @TempDir Path folder;

  @Test
  void aSampleIsMeasuredAndNotEncodedAndTheEncodeBeginsWithItsPoints() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 2);
    byte[] original = Files.readAllBytes(film);
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12]",
            "vmaf_scale: none",
            "vmaf_target: 60",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      installation.typeWell("library", "scan", "films", "--dry-run");

      JsonNode before = installation.typeWell("forecast", "--format", "json").json();
      assertThat(before.get("outlook").get("measured").asInt()).isZero();
      assertThat(before.get("videos").get(0).get("basis").asText()).isEqualTo("facts");
      assertThat(before.get("outlook").get("workers").asInt()).isEqualTo(1);

      Installation.Said said =
          installation.typeWell("forecast", "--sample", "3", "--format", "json");
      JsonNode after = said.json();
      assertThat(said.err()).contains("measuring 1 video", "film.mkv: measured: CRF ");
      assertThat(after.get("outlook").get("measured").asInt()).isEqualTo(1);
      assertThat(after.get("videos").get(0).get("basis").asText()).isEqualTo("measured");
      assertThat(film).hasBinaryContent(original);
      assertThat(installation.encodes(film)).isEmpty();
      assertThat(installation.state(film)).isEqualTo("found");
      assertThat(installation.known(film).get("detail").asText()).startsWith("measured: CRF ");

      installation.typeWell("enqueue", film, "--wait");
      JsonNode encoded = installation.known(film);
      assertThat(encoded.get("state").asText()).isEqualTo("encoded");
      assertThat(encoded.get("known_probes")).isEqualTo(encoded.get("probes"));
    }
  }
}
