package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestClips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is copied into a library is found without any scan. */
class FoldersAtWorkTest {

  @TempDir Path folder;

  private static List<String> scopes(Installation installation) {
    return installation
        .database()
        .client()
        .sql("select jsonb_array_elements_text(scopes) as scope from requests")
        .query((row, _) -> row.getString("scope"))
        .list();
  }

  @Test
  void aFileThatIsCopiedIntoALibraryIsEncodedAndOurOwnSwapIsNoNews() throws Exception {
    Path films = Files.createDirectories(folder.toRealPath().resolve("films"));
    Path clip = folder.resolve("clip.mkv");
    TestClips.made(clip, 2);
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12]",
            "min_crf: 45",
            "max_crf: 45",
            "vmaf_target: 30",
            "vmaf_scale: none",
            "free_space_reserve: 16MiB",
            "scheduled_still_seconds: 1",
            "watch_folders: true")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");

      Path one = films.resolve("One (2001)/One.mkv");
      Files.createDirectories(one.getParent());
      Files.copy(clip, one);
      Installation.until("it is encoded", () -> installation.state(one).equals("encoded"));
      Path two = films.resolve("Two.mkv");
      Files.copy(clip, two);
      Installation.until("the next is found", () -> !installation.state(two).isEmpty());

      assertThat(scopes(installation))
          .as("one look at each")
          .isSubsetOf(one.toString(), two.toString())
          .doesNotHaveDuplicates();
    }
  }
}
