package dev.reencodarr.starter.wholestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A GPU that a machine believes to have fails to open, for real, and the next encoder takes over.
 */
class EncodersAtWorkTest {

  @TempDir Path folder;

  /** The real one, whose trial of NVENC has gone well: as if the device had gone since. */
  private Path ffmpegWhoseGpuIsGone() throws Exception {
    Path ffmpeg = Files.createDirectories(folder.resolve("gpu tools")).resolve("ffmpeg");
    Files.writeString(
        ffmpeg,
        """
        #!/bin/sh
        case "$*" in *"-c:v av1_nvenc -f null -") exit 0 ;; esac
        exec %s "$@"
        """
            .formatted(TestTools.tools().ffmpeg()));
    Files.setPosixFilePermissions(ffmpeg, PosixFilePermissions.fromString("rwxr-xr-x"));
    return ffmpeg;
  }

  @Test
  void aFilmWhoseGpuFailsToOpenIsEncodedByTheNextWishedEncoderAndNotTakenAgain() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path film = TestClips.made(films.resolve("film.mkv"), 3);
    Path rules = folder.resolve("rules.yaml");
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "vmaf_target: 30",
            "lower_target: false",
            "min_crf: 40",
            "max_crf: 40",
            "vmaf_scale: none",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      try (AnotherMachine _ =
          AnotherMachine.start(
              folder.resolve("gpu"), "gpu", installation, ffmpegWhoseGpuIsGone())) {
        installation.typeWell("library", "add", films, "--name", "films");
        Files.writeString(
            rules,
            "rules: [{name: gpu, set: {encoders: [av1_nvenc, libx265],"
                + " encoder_presets: 'libx265=ultrafast'}}]");
        installation.typeWell("rules", "set", rules);
        assertThat(installation.typeWell("rules", "explain", film).out())
            .contains("encoders av1_nvenc, libx265", "p6, p7", "ultrafast");
        Installation.until(
            "the encoders are offered",
            () -> {
              String status = installation.typeWell("status", "--format", "json").out();
              return status.contains("encode-nvenc@default")
                  && status.contains("encode-x265@default");
            });

        installation.typeWell("enqueue", films, "--wait");

        JsonNode encoded = installation.video("film.mkv");
        assertThat(encoded.get("state").asText()).isEqualTo("encoded");
        assertThat(encoded.get("encoder").asText()).isEqualTo("libx265");
        assertThat(encoded.get("codec").asText()).isEqualTo("hevc");
        assertThat(installation.typeWell("show", film).out())
            .contains("The encoder's device is missing", "Cannot load libcuda.so.1");

        byte[] result = Files.readAllBytes(film);
        installation.typeWell("enqueue", films, "--wait");
        assertThat(film).as("our own HEVC is not taken again").hasBinaryContent(result);
        Files.copy(film, films.resolve("copy.mkv"));
        installation.typeWell("enqueue", films, "--wait");
        assertThat(installation.video("copy.mkv").get("skip_reason").asText())
            .isEqualTo("already_encoded");
      }
    }
  }
}
