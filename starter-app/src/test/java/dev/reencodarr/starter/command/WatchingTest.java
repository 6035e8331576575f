package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.media.MediaServer;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.workflows.watching.Viewers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Media servers as they are typed, on a real database; nobody asks them here. */
class WatchingTest {

  private static final String TOKEN = "s3cr3t-t0k3n";

  private final Database database = TestDatabase.fresh();
  @TempDir private Path folder;

  @BeforeEach
  void token() throws IOException {
    Files.writeString(folder.resolve("token"), TOKEN + "\n");
    Files.writeString(folder.resolve("none"), "two words\n");
  }

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  @Test
  void whatIsAddedIsListedWithoutItsTokenUntilItIsRemoved() throws IOException {
    CommandRun added =
        run(
            "watching",
            "add",
            "plex",
            "http://nas:32400",
            "--token-file",
            "token",
            "--after",
            "90s",
            "--path",
            "/srv/films/=/media/films");

    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.out()).isEqualTo("media server 1 added: plex at http://nas:32400/\n");
    assertThat(added.err()).contains("no worker of zone default is there that could ask it now");
    assertThat(folder.resolve("home/secret.key")).exists();
    JsonNode server = run("watching", "list", "--format", "json").json().get(0);
    assertThat(keys(server))
        .containsExactlyInAnyOrder(
            "id",
            "kind",
            "url",
            "zone",
            "when",
            "after_seconds",
            "paths",
            "refreshes",
            "playing",
            "transcoding",
            "answered_seconds_ago",
            "held_for_seconds",
            "problem",
            "untold");
    assertThat(server.toString()).doesNotContain(TOKEN);
    assertThat(server.get("after_seconds").asInt()).isEqualTo(90);
    assertThat(server.at("/paths/0/ours").asText()).isEqualTo("/srv/films");
    assertThat(run("watching", "list").out())
        .contains("while playing and 1:30 after", "not asked yet");

    MediaServerRepository rows = new MediaServerRepository(database);
    MediaServer row = rows.find(1).orElseThrow();
    rows.answered(row, new Viewers(2, 1));
    assertThat(run("status").out())
        .contains(
            "watching    plex at http://nas:32400/ (zone default): 2 playing, 1 transcoding; work is held");
    rows.failed(row, "nobody listens there");
    assertThat(run("status").out())
        .contains(
            "PROBLEM: nobody listens there, last answer 0:0",
            "work goes on in 1:",
            " at the latest");
    assertThat(run("doctor").out()).contains("PROBLEM: nobody listens there");

    assertThat(run("watching", "remove", "1").out()).isEqualTo("media server 1 removed\n");
    assertThat(run("watching", "remove", "1").err()).contains("there is no media server 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "kodi | http://nas | token | playing | 5m | /a=/b | 'kodi' is none of plex, jellyfin, emby",
        "plex | nas:32400 | token | playing | 5m | /a=/b | the address has to be like http://nas:32400",
        "plex | http://u:p@nas | token | playing | 5m | /a=/b | the address may hold no user, password",
        "plex | http://nas?X-Plex-Token=x | token | playing | 5m | /a=/b | the secret goes into a file",
        "plex | http://nas | gone | playing | 5m | /a=/b | there is no file gone",
        "plex | http://nas | none | playing | 5m | /a=/b | none holds no token",
        "plex | http://nas | token | dancing | 5m | /a=/b | --when is one of playing, transcoding, never",
        "plex | http://nas | token | playing | 5 | /a=/b | --after must be like 30s, 5m, 1h or 2d, not 5",
        "plex | http://nas | token | playing | 13h | /a=/b | --after may be 12h at most",
        "plex | http://nas | token | playing | 5m | films | --path must be like /srv/films=/media/films"
      })
  void whatIsWrongIsSaidAtOnceAndNothingIsAdded(
      String kind, String url, String file, String when, String after, String path, String why)
      throws IOException {
    CommandRun added =
        run(
            "watching",
            "add",
            kind,
            url,
            "--token-file",
            file,
            "--when",
            when,
            "--after",
            after,
            "--path",
            path);

    assertThat(added.exitCode()).isEqualTo(2);
    assertThat(added.err()).contains(why).doesNotContain(TOKEN);
    assertThat(run("watching", "list", "--format", "json").json()).isEmpty();
  }
}
