package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results wait for a word where a rule says so, and a sample shows beforehand what they become. */
class ReviewAtWorkTest {

  @TempDir Path folder;

  @Test
  void resultsWaitAndTakeTheirPlacesOrGoAsSomebodySays() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path wanted = TestClips.made(films.resolve("wanted.mkv"), 3);
    Path unwanted = TestClips.made(films.resolve("unwanted.mkv"), 2);
    byte[] original = Files.readAllBytes(unwanted);
    Path rules = folder.resolve("rules.yaml");
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12]",
            "min_crf: 45",
            "max_crf: 45",
            "vmaf_target: 30",
            "vmaf_scale: none",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      Files.writeString(rules, "rules: [{when: \"library == 'films'\", set: {review: hold}}]");
      installation.typeWell("rules", "set", rules);

      JsonNode sample =
          installation.typeWell("sample", wanted, "--seconds", "2", "--format", "json").json();
      assertThat(Path.of(sample.get("source_path").asText())).exists();
      assertThat(Path.of(sample.get("sample_path").asText())).exists();
      assertThat(sample.get("crf").asDouble()).isEqualTo(45);
      assertThat(sample.get("predicted_saved_bytes").asLong()).isPositive();
      assertThat(installation.typeWell("videos", "--format", "json").json())
          .as("no video is known by it")
          .isEmpty();

      Installation.Said ordered = installation.typeWell("enqueue", films, "--wait");
      assertThat(ordered.out()).contains("2 held for a review", "reencodarr approve FILE");

      assertThat(installation.typeWell("status").out()).contains("2 results");
      JsonNode list = installation.typeWell("review", "list", "--format", "json").json();
      assertThat(list).hasSize(2);
      for (JsonNode held : list) {
        assertThat(held.get("saved_bytes").asLong()).isPositive();
        assertThat(Path.of(held.get("result_path").asText()))
            .hasSize(held.get("result_size").asLong());
      }
      assertThat(installation.video("wanted.mkv").get("state").asText()).isEqualTo("waiting");
      installation.typeWell("down");
      installation.typeWell("up", "--detach");

      installation.typeWell("approve", wanted);
      installation.typeWell("reject", unwanted, "--reason", "the grain is gone");

      Installation.until("it is replaced", () -> installation.state(wanted).equals("encoded"));
      assertThat(Quarantine.of(films).original("wanted.mkv")).exists();
      Installation.until("it is left", () -> installation.state(unwanted).equals("skipped"));
      installation.typeWell("enqueue", films, "--wait");
      JsonNode left = installation.video("unwanted.mkv");
      assertThat(left.get("skip_reason").asText()).isEqualTo("rejected");
      assertThat(left.get("detail").asText()).isEqualTo("the grain is gone");
      assertThat(unwanted).hasBinaryContent(original);
      assertThat(installation.typeWell("review", "list", "--format", "json").json()).isEmpty();
      assertThat(films.resolve(".reencodarr/stage")).isEmptyDirectory();
    }
  }
}
