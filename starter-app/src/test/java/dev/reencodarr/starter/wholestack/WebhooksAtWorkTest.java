package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.library.Title;
import dev.reencodarr.fakearr.webhook.Delivery;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is imported between two syncs is encoded all the same. */
class WebhooksAtWorkTest {

  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void imported(FakeArr sonarr, Title title, String release) throws IOException {
    var item = sonarr.downloads().grab(title.id(), release);
    Path file = Path.of(title.path(), "Season 01", release + ".mkv");
    Files.createDirectories(Path.of(title.path(), "Season 01"));
    TestClips.made(file, 2);
    var _ = sonarr.downloads().imported(item, file);
  }

  private static int requests(Installation installation) {
    return installation
        .database()
        .client()
        .sql("select count(*) from requests")
        .query(Integer.class)
        .single();
  }

  private static int managed(Installation installation) {
    return installation
        .database()
        .client()
        .sql("select count(*) from managed_files")
        .query(Integer.class)
        .single();
  }

  @Test
  void anImportIsEncodedSecondsLaterAndItsEchoesBeginNothing() throws Exception {
    String heard = "127.0.0.1:" + freePort();
    Path dark = Files.createDirectories(folder.resolve("tv/Dark"));
    Path key = Files.writeString(folder.resolve("key"), FakeArr.KEY + "\n");
    try (FakeArr sonarr = FakeArr.sonarr();
        Installation installation =
            new Installation(
                folder.resolve("home"),
                "presets: [12]",
                "min_crf: 45",
                "max_crf: 45",
                "vmaf_target: 30",
                "vmaf_scale: none",
                "still_seconds: 0",
                "free_space_reserve: 16MiB",
                "webhook_address: " + heard,
                "webhook_public_url: http://" + heard)) {
      Title series = sonarr.library().addTitle("Dark", 2017, dark);
      var _ = sonarr.library().addEpisode(series.id(), 1, 1, "One");
      installation.typeWell("up", "--detach");
      installation.typeWell("sync", "add", "sonarr", "--url", sonarr.url(), "--api-key-file", key);
      Installation.Said synced = installation.typeWell("sync", "run", "--wait");

      assertThat(synced.out()).contains("1 title, 0 files").doesNotContain("cannot reach");
      assertThat(sonarr.webhooks().notifications().getFirst().url())
          .isEqualTo("http://" + heard + "/api/webhooks/sonarr");
      assertThat(installation.typeWell("status").out())
          .contains("webhooks    heard at http://" + heard);
      assertThat(installation.typeWell("doctor").out()).contains("heard at http://" + heard);

      imported(sonarr, series, "Dark.S01E01.1080p.WEB-DL.x264-GRP");
      Path film = dark.resolve("Season 01/Dark.S01E01.1080p.WEB-DL.x264-GRP.mkv");
      Installation.until(
          "it is encoded, though no sync was due",
          () -> installation.state(film).equals("encoded"));
      Installation.until(
          "Sonarr knows it as it is",
          () ->
              sonarr.library().files(series.id()).getFirst().size() == Files.size(film)
                  && !installation.typeWell("status").out().contains("to be told of"));
      int before = requests(installation);
      sonarr.webhooks().deliveries("Download").forEach(sonarr.webhooks()::sendAgain);
      sonarr.removeTitle(series.id());
      Installation.until(
          "what was removed there is let go", SOON, () -> managed(installation) == 0);
      assertThat(requests(installation))
          .as("its folder is looked at a last time, and for no echo")
          .isEqualTo(before + 1);
      assertThat(installation.state(film)).isEqualTo("encoded");
      assertThat(sonarr.webhooks().deliveries()).extracting(Delivery::status).containsOnly(204);

      assertThat(installation.typeWell("sync", "remove", "sonarr").err())
          .doesNotContain("not taken away");
      assertThat(sonarr.webhooks().notifications()).isEmpty();
    }
  }
}
