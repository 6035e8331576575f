package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken files are found before any work on them, and no file is read twice for that. */
class SourceCheckAtWorkTest {

  @TempDir Path folder;

  @Test
  void aLibraryIsCheckedOnceAndThenOnlyWhatIsNew() throws Exception {
    Path films = Files.createDirectories(folder.toRealPath().resolve("it's films"));
    TestClips.made(films.resolve("whole.mkv"), 3);
    Path half = TestClips.made(films.resolve("half\n.mkv"), 4);
    try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
    }
    try (Installation installation = new Installation(folder.resolve("home"))) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "it's films");
      // Whatever its settings are, nothing is encoded.
      var _ = installation.type("library", "scan", "--dry-run");

      Installation.Said shallow = installation.type("library", "check", "--wait");
      assertThat(shallow.exitCode()).as(shallow.toString()).isEqualTo(1);
      assertThat(shallow.out())
          .contains(
              "it's films: 2 files: 2 checked in ",
              ", 0 known from before, 1 broken",
              "Damaged source: the source says that it lasts 4.0 s but holds ")
          .doesNotContain("half\n");

      JsonNode deep = check(installation, "--deep");
      assertThat(deep.get("state").asText()).isEqualTo("done");
      assertThat(deep.get("checked").asInt()).as("it is deeper").isEqualTo(2);
      assertThat(deep.get("broken").get(0).get("path").asText()).isEqualTo(half.toString());
      assertThat(check(installation, "--deep").get("known").asInt()).isEqualTo(2);
      assertThat(check(installation, "--again").get("checked").asInt()).isEqualTo(2);

      Installation.Said begun = installation.typeWell("library", "check", "it's films");
      assertThat(begun.err()).contains("./reencodarr library check --wait 'it'\\''s films'");
      var _ = installation.typeWell("library", "check", "--stop");
      assertThat(installation.state(half)).as("a check fails no video").isEqualTo("found");
    }
  }

  private static JsonNode check(Installation installation, String how) throws Exception {
    return installation.type("library", "check", how, "--wait", "--format", "json").json().get(0);
  }
}
