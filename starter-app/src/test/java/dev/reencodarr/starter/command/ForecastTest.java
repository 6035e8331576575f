package dev.reencodarr.starter.command;

import static dev.reencodarr.starter.command.CommandRun.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forecast as people and programs read it, on a real database. */
class ForecastTest {

  private static final long GB = 1_000_000_000;

  private final Database database = TestDatabase.fresh();
  private final Library films = library("films");
  @TempDir private Path folder;

  private Library library(String name) {
    return new LibraryRepository(database).add(name, new MediaPath("/" + name), "default", false);
  }

  private CommandRun run(String... typed) {
    return CommandRun.on(database, folder, typed);
  }

  private Video film(Library library, String path, String codec, int height, long bytes) {
    Video video = Rows.video(database, library, path);
    MediaStream.Video film =
        new MediaStream.Video(
            0,
            codec,
            "",
            height * 16 / 9,
            height,
            0,
            "yuv420p",
            24,
            24,
            "progressive",
            0,
            0,
            HdrKind.SDR,
            Map.of(),
            Map.of(),
            List.of());
    new VideoRepository(database)
        .storeFacts(
            video.id(),
            new Analysis.Analysed(
                new FileFacts(new SourceIdentity(bytes, Instant.EPOCH, path), 1, false),
                new MediaFacts("matroska,webm", 0, 7200, bytes, List.of(film), 0, Map.of())));
    return video;
  }

  private void worker() {
    new WorkerRepository(database)
        .heartbeat(
            "box",
            "default",
            List.of("encode-cpu@default"),
            Map.of(),
            "",
            new WorkerRepository.Power(2, 4),
            "0.1.0",
            Instant.now());
  }

  @Test
  void theFirstLineSaysWhatIsToBeSavedAndHowLongItTakesAndTheBestVideosFollow() {
    worker();
    film(films, "/films/slow.mkv", "hevc", 2160, 9 * GB);
    film(films, "/films/quick.mkv", "mpeg2video", 576, 7 * GB);

    CommandRun run = run("forecast");

    assertThat(run.exitCode()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0))
        .matches(
            "still to save: .* GB \\(80 %: .* GB to .* GB\\) of 16\\.0 GB in 2 videos;"
                + " .* left on 1 worker \\(80 %: .* to .*\\)");
    assertThat(lines.get(1)).contains("Nothing was measured yet").contains("--sample 8");
    assertThat(run.out()).contains("facts alone");
    assertThat(run.out().indexOf("quick.mkv")).isLessThan(run.out().indexOf("slow.mkv"));
  }

  @Test
  void theJsonHasTheKeysThatOtherProgramsRead() throws IOException {
    worker();
    film(films, "/films/one.mkv", "h264", 1080, 8 * GB);

    JsonNode forecast = run("forecast", "--format", "json").json();

    assertThat(keys(forecast)).containsExactlyInAnyOrder("outlook", "videos");
    assertThat(keys(forecast.get("outlook")))
        .containsExactlyInAnyOrder(
            "videos",
            "bytes",
            "measured",
            "unanalysed",
            "saved_bytes",
            "saved_bytes_low",
            "saved_bytes_high",
            "cpu_seconds",
            "cpu_seconds_low",
            "cpu_seconds_high",
            "workers",
            "days_left",
            "days_left_low",
            "days_left_high");
    assertThat(keys(forecast.get("videos").get(0)))
        .containsExactlyInAnyOrder(
            "id",
            "path",
            "size",
            "saved_bytes",
            "saved_bytes_low",
            "saved_bytes_high",
            "cpu_seconds",
            "saved_bytes_per_cpu_hour",
            "basis");
    JsonNode outlook = forecast.get("outlook");
    assertThat(outlook.get("saved_bytes").asLong())
        .isBetween(
            outlook.get("saved_bytes_low").asLong(), outlook.get("saved_bytes_high").asLong());
    assertThat(outlook.get("days_left").asDouble() * 86_400 * 2 * 4)
        .isCloseTo(outlook.get("cpu_seconds").asDouble(), Offset.offset(1.0));
    assertThat(outlook.get("measured").asInt()).isZero();
  }

  @Test
  void statusSaysTheSameLine() throws IOException {
    worker();
    film(films, "/films/one.mkv", "h264", 1080, 8 * GB);

    String first = run("forecast").out().lines().findFirst().orElseThrow();

    assertThat(run("status").out()).contains(first);
  }

  @Test
  void whereNobodyEncodesThereAreNoDaysButCpuTime() throws IOException {
    film(films, "/films/one.mkv", "h264", 1080, 8 * GB);

    assertThat(run("forecast").out()).contains("no worker encodes, the CPU time is ");
    assertThat(run("forecast", "--format", "json").json().get("outlook").get("days_left").isNull())
        .isTrue();
  }

  @Test
  void beforeAnyScanItSaysThatNothingIsKnown() {
    assertThat(run("forecast").out().lines())
        .containsExactly(
            "nothing is left to do",
            "Files that no scan has found are not known:"
                + " ./reencodarr library scan --dry-run looks for them.");
  }

  @Test
  void nothingToDoAndWhatWasNotLookedAtAreSaid() {
    Rows.video(database, films, "/films/new.mkv");

    CommandRun run = run("forecast");

    assertThat(run.out().lines())
        .containsExactly(
            "nothing is left to do",
            "1 video was not looked at yet and counted as nothing:"
                + " ./reencodarr library scan --dry-run");
  }

  @Test
  void aLibraryIsForecastAloneAndTheListIsAsLongAsAskedFor() throws IOException {
    Library series = library("tv");
    film(films, "/films/one.mkv", "h264", 1080, 8 * GB);
    film(series, "/tv/Show/1/1.mkv", "h264", 1080, 2 * GB);
    film(series, "/tv/Show/1/2.mkv", "h264", 1080, 2 * GB);

    JsonNode forecast =
        run("forecast", "--library", "tv", "--limit", "1", "--format", "json").json();

    assertThat(forecast.get("outlook").get("videos").asInt()).isEqualTo(2);
    assertThat(forecast.get("videos")).hasSize(1);
  }

  @Test
  void figuresThatCannotBeAreRefused() {
    assertThat(run("forecast", "--limit", "-1").exitCode()).isEqualTo(2);
    assertThat(run("forecast", "--sample", "-1").exitCode()).isEqualTo(2);
  }

  @Test
  void measuringNeedsTheStackAndSaysSo() {
    film(films, "/films/one.mkv", "h264", 1080, 8 * GB);

    CommandRun run = run("forecast", "--sample", "1");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("Temporal does not answer", "./reencodarr up");
  }
}
