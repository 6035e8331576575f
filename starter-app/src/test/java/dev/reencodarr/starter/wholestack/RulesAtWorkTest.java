package dev.reencodarr.starter.wholestack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules decide what is left alone and how the rest is encoded, and a change starts nothing. */
class RulesAtWorkTest {

  @TempDir Path folder;

  @Test
  void filesAreTreatedAsTheRulesSayAndAgainOnlyOnceSomebodySaysSo() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path old = TestClips.made(films.resolve("old (1999).mp4"), 3);
    Path sample = TestClips.made(films.resolve("sample.mkv"), 2);
    byte[] original = Files.readAllBytes(sample);
    Path rules = folder.resolve("rules.yaml");
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12]",
            "min_crf: 45",
            "max_crf: 45",
            "vmaf_scale: none",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      Files.writeString(
          rules,
          """
          rules:
            - name: samples
              when: name.startsWith('sample')
              skip: sample
            - name: old ones
              when: year == 1999
              set:
                presets: 11
                grain: 5
                container: matroska
                audio: opus
                vmaf_target: 10
                largest_width: 160
                scaled_against: scaled
            - name: the others
              set: {vmaf_target: 31}
          """);
      installation.typeWell("rules", "set", rules);

      assertThat(installation.typeWell("rules", "explain", old).out())
          .as("no scan has come across it")
          .contains(
              "VMAF 10",
              "presets 11, grain 5",
              "av1 160x90",
              "becomes old (1999).mkv",
              "rule 'old ones'");
      assertThat(installation.state(old)).isEqualTo("found");
      installation.typeWell("enqueue", films, "--wait");

      JsonNode left = installation.video("sample.mkv");
      assertThat(left.get("state").asText()).isEqualTo("skipped");
      assertThat(left.get("skip_reason").asText()).isEqualTo("sample");
      assertThat(left.get("detail").asText()).isEqualTo("by rule 'samples' (line 2)");
      assertThat(sample).hasBinaryContent(original);
      assertThat(installation.typeWell("show", sample).out())
          .contains("a rule leaves it alone: sample", "by rule 'samples' (line 2)", "skip: sample");
      JsonNode encoded = installation.video("old (1999).mkv");
      assertThat(encoded.get("state").asText()).isEqualTo("encoded");
      assertThat(encoded.get("preset").asInt()).isEqualTo(11);
      assertThat(encoded.get("vmaf_target").asDouble()).isEqualTo(10);
      assertThat(encoded.get("unscaled_score").asDouble())
          .as("what scaling has lost is told, though it does not count")
          .isPositive()
          .isLessThan(encoded.get("vmaf_score").asDouble());
      assertThat(old).doesNotExist();
      assertThat(frames(films.resolve("old (1999).mkv")))
          .contains(
              "Film grain parameters",
              "\"codec_name\": \"opus\"",
              "\"width\": 160",
              "\"height\": 90");
      assertThat(
              installation
                  .typeWell("rules", "explain", "--all", "--format", "json")
                  .json()
                  .get("summary")
                  .findValuesAsText("decision"))
          .containsExactlyInAnyOrder("encoded already", "skip: sample");

      hardLinksAreDeferredUntilARuleAllowsThem(installation, films, rules);
      Files.writeString(rules, "rules: [{name: all, set: {vmaf_target: 31}}]");
      Installation.Said set = installation.typeWell("rules", "set", rules);
      assertThat(set.err()).contains("1 video would now be decided otherwise");
      installation.typeWell("enqueue", films, "--wait");
      assertThat(installation.state(sample)).as("nothing is started again").isEqualTo("skipped");

      Installation.Said applied = installation.typeWell("rules", "diff", "--apply");
      assertThat(applied.out()).contains("skip: sample", "encode: libsvtav1, VMAF 31");
      assertThat(applied.err()).contains("1 video ordered again");
      Installation.until("it is encoded", () -> installation.state(sample).equals("encoded"));
      assertThat(Quarantine.of(films).original("sample.mkv")).hasBinaryContent(original);
      assertThat(installation.typeWell("rules", "diff").out())
          .startsWith("0 of 0 decided videos would be decided otherwise");
    }
  }

  private void hardLinksAreDeferredUntilARuleAllowsThem(
      Installation installation, Path films, Path rules) throws Exception {
    Path film = TestClips.made(films.resolve("seeded.mkv"), 2);
    byte[] original = Files.readAllBytes(film);
    Path seed = Files.createLink(folder.resolve("seed.mkv"), film);
    installation.typeWell("enqueue", film, "--wait");
    assertThat(installation.video("seeded.mkv").get("skip_reason").asText())
        .isEqualTo("hard_links");
    Files.writeString(
        rules,
        """
        rules:
          - when: name.startsWith('sample')
            skip: sample
          - set: {hard_links: allow, vmaf_target: 10, largest_width: 200}
        """);
    installation.typeWell("rules", "set", rules);

    installation.typeWell("rules", "diff", "--apply");

    Installation.until("it is encoded", () -> installation.state(film).equals("encoded"));
    assertThat(installation.video("seeded.mkv").get("saved_bytes").asLong()).isZero();
    assertThat(seed).hasBinaryContent(original);
    Files.delete(seed);
    installation.typeWell("quarantine", "accept", film);
    JsonNode now = installation.video("seeded.mkv");
    assertThat(now.get("unscaled_score").isNull()).as("its score is beside the source").isTrue();
    assertThat(frames(film)).contains("\"width\": 200", "\"height\": 112");
    assertThat(now.get("saved_bytes").asLong())
        .as("its last other name was gone when it left quarantine")
        .isEqualTo(now.get("original_size").asLong() - now.get("size").asLong());
  }

  /** What ffprobe says of the first frames, with the side data that players get. */
  private static String frames(Path film) throws Exception {
    Process ffprobe =
        new ProcessBuilder(
                TestTools.tools().ffprobe().toString(),
                "-v",
                "error",
                "-export_side_data",
                "film_grain",
                "-read_intervals",
                "%+#2",
                "-show_frames",
                "-show_streams",
                "-of",
                "json",
                film.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(ffprobe.getInputStream().readAllBytes(), UTF_8);
    assertThat(ffprobe.waitFor()).isZero();
    return said;
  }
}
