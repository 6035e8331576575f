package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.download.QueueItem;
import dev.reencodarr.fakearr.history.Blocked;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken film, from the scan that finds it to another copy that is encoded. */
class BrokenAtWorkTest {

  private static final String BAD = "Dark.City.1998.1080p.BluRay.x264-BAD";
  private static final String GOOD = "Dark.City.1998.1080p.BluRay.x264-GOOD";

  @TempDir Path folder;

  private static JsonNode broken(Installation installation) throws Exception {
    return installation.typeWell("broken", "list", "--format", "json").json().get(0);
  }

  private static void imported(FakeArr radarr, Title movie, String release, Path file)
      throws IOException {
    QueueItem item = radarr.downloads().grab(movie.id(), release);
    radarr.downloads().imported(item, file);
  }

  @Test
  void aBrokenFilmIsShownKeptPutBackAndReplacedByAnotherCopyThatIsEncoded() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films 'n' more"));
    Path city = Files.createDirectories(films.resolve("Dark City (1998)"));
    Path film = city.resolve("Dark.City.1998.BAD.mkv");
    Files.write(film, new byte[1 << 20]);
    Path key = Files.writeString(folder.resolve("key"), FakeArr.KEY + "\n");
    try (FakeArr radarr = FakeArr.radarr();
        Installation installation =
            new Installation(
                folder.resolve("home"),
                "presets: [12]",
                "min_crf: 45",
                "max_crf: 45",
                "vmaf_target: 30",
                "vmaf_scale: none",
                "still_seconds: 0",
                "free_space_reserve: 16MiB")) {
      Title movie = radarr.library().addTitle("Dark City", 1998, city);
      imported(radarr, movie, BAD, film);
      radarr.library().change(settings -> settings.unmonitoringDeleted(true));
      installation.typeWell("up", "--detach");
      installation.typeWell("sync", "add", "radarr", "--url", radarr.url(), "--api-key-file", key);
      installation.typeWell("sync", "run", "--wait");
      Installation.until("it has failed", () -> installation.state(film).equals("failed"));

      assertThat(installation.typeWell("broken", "list").out())
          .contains("found", "1.05 MB", film.toString());
      assertThat(installation.typeWell("show", film).out())
          .contains("broken", "./reencodarr broken redownload");
      assertThat(installation.typeWell("failures", "report", "--details").out())
          .contains("./reencodarr broken redownload");

      Path wrong = Files.writeString(folder.resolve("wrong"), "0".repeat(32));
      Installation.Said refused =
          installation.type("sync", "key", "radarr", "--api-key-file", wrong);
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.out()).contains("nothing was changed");
      assertThat(installation.typeWell("sync", "key", "radarr", "--api-key-file", key).out())
          .contains("radarr has another key");

      installation.typeWell("broken", "redownload", film);
      Installation.until(
          "it is kept while another one is looked for",
          () -> broken(installation).get("state").asText().equals("waiting"));
      assertThat(film).doesNotExist();
      assertThat(Path.of(broken(installation).get("kept_path").asText())).hasSize(1 << 20);
      assertThat(radarr.history().blocklist()).extracting(Blocked::release).containsExactly(BAD);

      installation.typeWell("broken", "restore", film);
      Installation.until("it is back", () -> Files.exists(film));
      Installation.until(
          "that is known",
          () ->
              installation
                  .typeWell("broken", "list", "--all", "--format", "json")
                  .json()
                  .get(0)
                  .get("state")
                  .asText()
                  .equals("stopped"));
      assertThat(radarr.library().parts(movie.id()).getFirst().monitored()).isTrue();

      installation.typeWell("sync", "run", "--wait");
      installation.typeWell("broken", "redownload", film);
      Installation.until(
          "it is kept again while another one is looked for",
          () -> broken(installation).get("state").asText().equals("waiting"));
      radarr.stop();
      Path other = city.resolve("Dark.City.1998.GOOD.mkv");
      TestClips.made(other, 2);
      radarr.start();
      imported(radarr, movie, GOOD, other);
      Installation.until(
          "the other copy has come",
          () -> broken(installation).get("state").asText().equals("arrived"));
      assertThat(broken(installation).get("other_path").asText()).isEqualTo(other.toString());

      installation.typeWell("sync", "run", "--wait");
      Installation.until("it is encoded", () -> installation.state(other).equals("encoded"));
      assertThat(radarr.searches())
          .allSatisfy(parts -> assertThat(parts).containsExactly(movie.id()));
      assertThat(radarr.wholeLibraryScans()).isZero();
    }
  }
}
