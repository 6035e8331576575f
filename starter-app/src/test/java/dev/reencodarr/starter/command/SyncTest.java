package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.secret.SecretKey;
import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.activities.store.sync.SyncRepository;
import dev.reencodarr.activities.store.sync.WebhookEndpoint;
import dev.reencodarr.activities.store.sync.WebhookEndpointRepository;
import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.SyncProgress;
import dev.reencodarr.workflows.sync.SyncTally;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections to Sonarr and Radarr as they are typed, on a real database; no stack runs here. */
class SyncTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";

  private final Database database = TestDatabase.fresh();
  @TempDir private Path folder;

  @BeforeEach
  void key() throws IOException {
    Files.writeString(folder.resolve("key"), KEY + "\n");
  }

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  private Connection added() throws Exception {
    return new ConnectionRepository(database)
        .add(
            new Connection(
                0,
                "tv",
                ArrKind.SONARR,
                URI.create("http://nas:8989/sonarr/"),
                0,
                "attic",
                new PathMap(List.of(new PathMap.Rule("/srv/tv", "/tv"))),
                Duration.ofHours(6)),
            SecretKey.inOrNew(folder),
            KEY);
  }

  @Test
  void howSyncsGoIsToldWithoutTheKey() throws Exception {
    long id = added().id();
    SyncRepository syncs = new SyncRepository(database);

    assertThat(run("sync", "list").out()).contains("tv", "sonarr http://nas:8989/sonarr/", "attic");
    assertThat(run("sync", "status").out())
        .isEqualTo("sonarr tv at http://nas:8989/sonarr/: not synced yet\n");

    syncs.begun(id, "run 1");
    syncs.going(
        "run 1",
        new SyncProgress(
            3, 12, new SyncTally(40, 2, 1, 0, 1, 0, List.of("lies in no library: /x/y.mkv"))));
    assertThat(run("sync", "status", "tv").out())
        .contains("3 of 12 titles", "40 files, 2 new, 1 changed, 0 gone, 1 outside", "/x/y.mkv");
    syncs.waiting("run 1", "Sonarr: nobody listens there");
    assertThat(run("status").out()).contains("waits: Sonarr: nobody listens there");

    syncs.ended("run 1", new SyncProgress(12, 12, SyncTally.NOTHING));
    assertThat(run("sync", "status").out()).contains("synced 0:0");
    syncs.begun(id, "run 2");
    syncs.failed("run 2", "Sonarr: it refuses the key (401)");
    assertThat(run("doctor").out())
        .contains("FAILED: Sonarr: it refuses the key (401); synced 0:0");

    JsonNode listed = run("sync", "list", "--format", "json").json().get(0);
    assertThat(keys(listed))
        .containsExactlyInAnyOrder(
            "name",
            "kind",
            "url",
            "zone",
            "paths",
            "every_seconds",
            "files",
            "syncing",
            "titles_done",
            "titles_total",
            "tally",
            "synced_seconds_ago",
            "untold",
            "problem");
    assertThat(listed.toString()).doesNotContain(KEY);
  }

  @Test
  void whereWebhooksAreHeardAndWhereTheyAreNotIsTold() {
    WebhookEndpointRepository endpoints = new WebhookEndpointRepository(database);
    endpoints.seen(new WebhookEndpoint("attic", "nas", "http://nas:9797", ""));
    endpoints.seen(
        new WebhookEndpoint("attic", "pi", "http://pi:80", "cannot listen at 0.0.0.0:80"));

    assertThat(run("status").out())
        .contains(
            "webhooks    heard at http://nas:9797 (zone attic)",
            "webhooks    NOT heard: pi cannot listen at 0.0.0.0:80");
    assertThat(run("doctor").out())
        .contains("heard at http://nas:9797", "NOT heard: pi cannot listen at 0.0.0.0:80");
  }

  @Test
  void aSyncThatWasEndedFromOutsideIsNotAtWorkForEver() throws Exception {
    long id = added().id();
    SyncRepository syncs = new SyncRepository(database);
    syncs.begun(id, "run 1");

    syncs.begun(id, "run 2");
    syncs.ended("run 2", new SyncProgress(1, 1, SyncTally.NOTHING));

    assertThat(syncs.latest(id).orElseThrow().isAtWork()).isFalse();
    assertThat(syncs.latestWhole(id)).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "lidarr | http://nas | tv2 | 6h | /a=/b | 'lidarr' is neither sonarr nor radarr",
        "sonarr | nas:8989 | tv2 | 6h | /a=/b | the address has to be like http://nas:8989",
        "sonarr | http://nas?apikey=x | tv2 | 6h | /a=/b | the secret goes into a file",
        "sonarr | http://nas | My TV | 6h | /a=/b | --name may hold a-z, 0-9 and -",
        "sonarr | http://nas | tv2 | 1s | /a=/b | --every is 5m at least and 30d at most",
        "sonarr | http://nas | tv2 | soon | /a=/b | --every must be like 30s, 5m, 1h or 2d, not soon",
        "sonarr | http://nas | tv2 | 6h | tv | --path must be like /srv/films=/media/films",
      })
  void whatIsWrongIsSaidBeforeAnythingIsAsked(
      String kind, String url, String name, String every, String path, String why)
      throws Exception {
    CommandRun typed =
        run(
            "sync",
            "add",
            kind,
            "--url",
            url,
            "--api-key-file",
            "key",
            "--name",
            name,
            "--every",
            every,
            "--path",
            path);

    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.err()).contains(why);
    assertThat(new ConnectionRepository(database).list()).isEmpty();
  }

  @Test
  void withoutAStackNothingIsAddedAndItIsSaidHowToStartOne() {
    CommandRun typed =
        run("sync", "add", "sonarr", "--url", "http://nas:8989", "--api-key-file", "key");

    assertThat(typed.exitCode()).isEqualTo(3);
    assertThat(typed.err()).contains("./reencodarr up");
    assertThat(new ConnectionRepository(database).list()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThat(run("sync", "status").err()).contains("no connection yet");
    assertThat(run("sync", "run", "tv").err()).contains("there is no connection tv");
    assertThat(run("sync").err())
        .contains("say what: sync add, list, run, status, check, key or remove");
  }
}
