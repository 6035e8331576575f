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

      Installation.Said deep = installation.type("library", "check", "--deep", "--wait");
      assertThat(deep.exitCode()).as(deep.toString()).isEqualTo(1);
      assertThat(deep.out())
          .contains(
              "it's films: 2 files: 2 checked in ",
              ", 0 known from before, 1 broken",
              "Damaged source: the source says that it lasts 4.0 s but holds ")
          .doesNotContain("half\n");

      Installation.Said again = installation.type("library", "check", "--wait", "--format", "json");
      assertThat(again.exitCode()).isEqualTo(1);
      JsonNode check = again.json().get(0);
      assertThat(check.get("state").asText()).isEqualTo("done");
      assertThat(check.get("checked").asInt()).as("nothing is read twice").isZero();
      assertThat(check.get("known").asInt()).isEqualTo(2);
      assertThat(check.get("broken").get(0).get("path").asText()).isEqualTo(half.toString());

      Installation.Said begun = installation.typeWell("library", "check", "it's films");
      assertThat(begun.err()).contains("./reencodarr library check --wait 'it'\\''s films'");
      var _ = installation.typeWell("library", "check", "--stop");
      assertThat(installation.state(half)).as("a check fails no video").isEqualTo("found");
    }
  }
}
