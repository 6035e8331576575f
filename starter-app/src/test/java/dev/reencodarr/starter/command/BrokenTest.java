package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.broken.BrokenSourceRepository;
import dev.reencodarr.workflows.broken.BrokenState;
import dev.reencodarr.workflows.broken.FoundBy;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of broken files, on a real database; no stack runs here. */
class BrokenTest {

  private final Database database = TestDatabase.fresh();
  private final BrokenSourceRepository sources = new BrokenSourceRepository(database);
  @TempDir private Path folder;
  private Video video =
      Rows.video(database, Rows.library(database, "/films"), "/films/a \u001b[31m\n'b'.mkv");

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  @Test
  void whereNothingIsBrokenThatIsSaid() throws IOException {
    assertThat(run("broken", "list").err()).contains("no broken file is known");
    assertThat(run("broken", "list", "--format", "json").json()).isEmpty();
    assertThat(run("broken").err()).contains("say what: list, redownload or restore");
    CommandRun ordered = run("broken", "redownload", video.id().toString());
    assertThat(ordered.exitCode()).isEqualTo(1);
    assertThat(ordered.err()).contains("neither Sonarr nor Radarr manages it");
  }

  @Test
  void aBrokenFileInJsonHasTheKeysThatOtherProgramsRead() throws IOException {
    sources.found(video.id(), FoundBy.WORK, "it ends after 3 s of 40");

    JsonNode listed = run("broken", "list", "--format", "json").json().get(0);

    assertThat(keys(listed))
        .containsExactly(
            "video_id",
            "path",
            "size",
            "found_by",
            "found_at",
            "problem",
            "state",
            "state_since",
            "detail",
            "automatic",
            "release",
            "kept_path",
            "other_path");
    assertThat(listed.get("state").asText()).isEqualTo("found");
    assertThat(listed.get("found_by").asText()).isEqualTo("work");
    JsonNode shown = run("show", video.id().toString(), "--format", "json").json();
    assertThat(shown.get("broken")).isEqualTo(listed);
  }

  @Test
  void whatIsStillBrokenIsListedUntilItIsKnownToBeSoundAndAHostileNameCannotSpeak() {
    sources.found(video.id(), FoundBy.WORK, "it ends after 3 s of 40");
    assertThat(run("broken", "list").out())
        .contains("a \\u001B[31m\\n'b'.mkv", "it ends after 3 s of 40")
        .doesNotContain("\u001b");

    long id = sources.latest(video.id()).orElseThrow().id();
    sources.enter(id, BrokenState.STOPPED, "none was found");
    assertThat(run("broken", "list").out()).contains("stopped", "none was found");
    assertThat(run("show", video.id().toString()).out()).contains("none: none was found");

    sources.enter(id, BrokenState.ACQUITTED, "it is sound");
    assertThat(run("broken", "list").out()).isEmpty();
    assertThat(run("broken", "list", "--all").out()).contains("acquitted", "it is sound");
  }

  @Test
  void whatIsKeptIsListedWhateverHasBecomeOfIt() {
    sources.found(video.id(), FoundBy.CHECK, "it ends after 3 s of 40");
    long id = sources.latest(video.id()).orElseThrow().id();
    sources.keeping(id, new MediaPath("/films/.reencodarr/broken/1/b.mkv"));
    sources.enter(id, BrokenState.STOPPED, "another file lies at its place");

    assertThat(run("broken", "list").out()).contains("another file lies at its place");
    assertThat(run("show", video.id().toString()).out())
        .contains("/films/.reencodarr/broken/1/b.mkv");
  }
}
