package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.process.ToolVersions;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.MediaPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AbAv1ArgumentsTest {

  private static final ToolVersions VERSIONS =
      new ToolVersions("ab-av1 1", "ffmpeg 2", "ffprobe 3");

  @TempDir private Path folder;

  private EncodeRequest request(String name) throws Exception {
    Path source = Files.writeString(folder.resolve(name), "film");
    return EncodeRequests.of(source, 2, 6, List.of("--enc", "map=-0:3"), List.of());
  }

  @Test
  void theCommandLineIsWhatThePlanAsksForAndNamesNoPath() throws Exception {
    assertThat(AbAv1Arguments.of(Path.of("/tools/ab-av1"), request("a film.AVI"), 3, List.of()))
        .containsExactly(
            "/tools/ab-av1",
            "encode",
            "--input",
            "src.avi",
            "--output",
            "result.mkv",
            "--encoder",
            "libsvtav1",
            "--crf",
            "40.25",
            "--preset",
            "6",
            "--pix-format",
            "yuv420p10le",
            "--svt",
            "tune=0",
            "--svt",
            "lp=2",
            "--verify",
            "--fail-fast",
            "--enc",
            "progress=progress",
            "--enc",
            "stats_period=1",
            "--enc",
            "map=-0:3");
  }

  @ParameterizedTest
  @CsvSource({"film.mp4, src.mp4", "film, src", "film.m 4, src", "film.éé, src", ".mkv, src"})
  void theSourceIsKnownByAShortPlainName(String name, String input) throws Exception {
    assertThat(AbAv1Arguments.input(request(name))).isEqualTo(input);
  }

  @Test
  void theSameWorkHasTheSameKeyAndOtherWorkAnother() throws Exception {
    EncodeRequest request = request("film.mkv");
    String key = JobKey.of(request, VERSIONS);

    assertThat(key).matches("[0-9a-f]{20}");
    assertThat(JobKey.of(moved(request), VERSIONS)).isEqualTo(key);
    assertThat(JobKey.of(withCrf(request, 40.5), VERSIONS)).isNotEqualTo(key);
    assertThat(JobKey.of(request("film.mkv"), VERSIONS)).isNotEqualTo(key);
    assertThat(JobKey.of(request.with(true), VERSIONS))
        .as("what had too little memory is not attached to")
        .isNotEqualTo(key);
    assertThat(JobKey.of(request, new ToolVersions("ab-av1 2", "ffmpeg 2", "ffprobe 3")))
        .isNotEqualTo(key);
  }

  private static EncodeRequest withCrf(EncodeRequest request, double crf) {
    return new EncodeRequest(
        request.video(),
        request.source(),
        request.identity(),
        request.facts(),
        request.plan(),
        crf,
        request.preset());
  }

  private static EncodeRequest moved(EncodeRequest request) {
    return new EncodeRequest(
        request.video(),
        new MediaPath("/elsewhere/film.mkv"),
        request.identity(),
        request.facts(),
        request.plan(),
        request.crf(),
        request.preset());
  }
}
