package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.fakearr.FakeArr;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sonarr and Radarr, as people have them, from the first sync to a film that is told of. */
class SyncAtWorkTest {

  @TempDir Path folder;

  /** Sizes of sources: what is smaller was encoded. */
  private final Map<Path, Long> sizes = new ConcurrentHashMap<>();

  private Path made(Path file, int seconds) throws IOException {
    Files.createDirectories(file.resolve("..").normalize());
    TestClips.made(file, seconds);
    sizes.put(file, Files.size(file));
    return file;
  }

  private String codec(Path file) {
    try {
      return sizes.containsValue(Files.size(file)) ? "h264" : "AV1";
    } catch (IOException e) {
      return "";
    }
  }

  private static boolean isKnownAsItIs(FakeArr fake, Title title, String nameEnds) {
    return fake.library().files(title.id()).stream()
        .anyMatch(file -> file.fileName().endsWith(nameEnds) && hasItsSize(title, file));
  }

  private static boolean hasItsSize(Title title, MediaFile file) {
    try {
      return Files.size(Path.of(title.path(), file.relativePath())) == file.size();
    } catch (IOException e) {
      return false;
    }
  }

  private Installation installation() throws IOException {
    return new Installation(
        folder.resolve("home"),
        "presets: [12]",
        "min_crf: 45",
        "max_crf: 45",
        "vmaf_target: 30",
        "vmaf_scale: none",
        "free_space_reserve: 16MiB");
  }

  @Test
  void whatSonarrAndRadarrManageIsFoundEncodedAndToldOfThoughTheyAreAwayMeanwhile()
      throws Exception {
    Path tv = Files.createDirectories(folder.resolve("tv"));
    Path films = Files.createDirectories(folder.resolve("films 'n' more"));
    Path key = Files.writeString(folder.resolve("key"), FakeArr.KEY + "\n");
    Path dark = tv.resolve("Dark");
    made(dark.resolve("Season 01/Dark.S01E01.1080p.WEB-DL-GRP.mkv"), 2);
    made(dark.resolve("Season 01/Dark.S01E02.1080p.WEB-DL-GRP.mkv"), 3);
    Path unter = films.resolve("Ünter (1999)");
    Path film = made(unter.resolve("Ünter.1999.DVDRip-GRP.avi"), 2);
    try (FakeArr sonarr = FakeArr.sonarr();
        FakeArr radarr = FakeArr.radarr();
        Installation installation = installation()) {
      Title series = sonarr.library().addTitle("Dark", 2017, dark);
      try (var files = Files.list(dark.resolve("Season 01"))) {
        files.forEach(file -> sonarr.library().addFile(series.id(), file, "Dark.S01.1080p-GRP"));
      }
      sonarr.library().codecs(this::codec);
      sonarr
          .library()
          .change(settings ->
              settings.renamingBy(
                  "{Series Title} - S{season:00}E{episode:00} [{MediaInfo VideoCodec}]"));
      Title movie = radarr.library().addTitle("Ünter", 1999, unter);
      MediaFile before = radarr.library().addFile(movie.id(), film, "Ünter.1999.DVDRip-GRP");
      radarr.library().codecs(this::codec);
      radarr.library().change(settings -> settings.unmonitoringDeleted(true));
      installation.typeWell("up", "--detach");

      Installation.Said added =
          installation.typeWell(
              "sync", "add", "sonarr", "--url", sonarr.url(), "--api-key-file", key);
      assertThat(added.err())
          .contains("ok       Sonarr", "ok       a file of its is the same here");
      installation.typeWell("sync", "add", "radarr", "--url", radarr.url(), "--api-key-file", key);
      assertThat(installation.typeWell("library", "list").out()).contains(tv.toString());

      Installation.Said synced = installation.typeWell("sync", "run", "--wait");
      assertThat(synced.out())
          .contains(
              "sonarr: 1 title, 2 files, 2 new, 0 changed, 0 gone",
              "radarr: 1 title, 1 files, 1 new, 0 changed, 0 gone");

      // It is gone before the film is done, and is told when it is back.
      radarr.stop();
      Installation.until(
          "both episodes are known to Sonarr as they are, under their new names",
          () ->
              isKnownAsItIs(sonarr, series, "Dark - S01E01 [AV1].mkv")
                  && isKnownAsItIs(sonarr, series, "Dark - S01E02 [AV1].mkv"));
      Path result = unter.resolve("Ünter.1999.DVDRip-GRP.mkv");
      Installation.until("the film is encoded", () -> Files.exists(result) && !Files.exists(film));
      Installation.until(
          "it is on record that Radarr is away",
          () ->
              installation
                  .typeWell("failures", "report", "--format", "json")
                  .out()
                  .contains("SYNC_RADARR"));
      assertThat(installation.state(result)).isEqualTo("encoded");
      assertThat(installation.typeWell("status").out()).contains("to be told of 1 changed file");
      radarr.start();
      Installation.until(
          "it is known to Radarr as it is", () -> isKnownAsItIs(radarr, movie, "GRP.mkv"));
      Installation.until(
          "nothing more is to be told",
          () -> !installation.typeWell("status").out().contains("to be told of"));

      MediaFile after = radarr.library().files(movie.id()).getFirst();
      assertThat(after.id()).as("another name is another file there").isNotEqualTo(before.id());
      assertThat(after.sceneName()).isEqualTo(before.sceneName());
      assertThat(after.quality()).isEqualTo(before.quality());
      assertThat(radarr.library().parts(movie.id()).getFirst().monitored()).isTrue();
      assertThat(installation.typeWell("show", result).out())
          .contains("radarr", "knows it as it is");

      Installation.Said again = installation.typeWell("sync", "run", "--wait");
      assertThat(again.out())
          .contains("2 files, 0 new, 0 changed, 0 gone", "1 files, 0 new, 0 changed, 0 gone");
      JsonNode videos = installation.typeWell("videos", "--format", "json").json();
      assertThat(videos).as("nothing is known twice").hasSize(3);
      for (JsonNode video : videos) {
        assertThat(video.get("state").asText()).isEqualTo("encoded");
        assertThat(Path.of(video.get("path").asText())).exists();
      }
      assertThat(List.of(sonarr.wholeLibraryScans(), radarr.wholeLibraryScans())).containsOnly(0);
      assertThat(sonarr.requests().keyStoodInQuery()).isFalse();

      installation.typeWell("sync", "remove", "sonarr");
      assertThat(installation.typeWell("sync", "list").out()).doesNotContain("sonarr");
    }
  }
}
