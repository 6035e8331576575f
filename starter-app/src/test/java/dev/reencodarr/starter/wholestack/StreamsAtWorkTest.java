package dev.reencodarr.starter.wholestack;

import static dev.reencodarr.activities.process.TestClips.ffmpeg;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.TestTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Odd files at once through the whole stack, its search too: kept, given up knowingly, left alone.
 */
class StreamsAtWorkTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOUND = " -f lavfi -i sine=frequency=440:duration=3";
  private static final String QUICK = " -c:v libx264 -preset ultrafast -qp 6 -c:a aac";

  @TempDir Path folder;

  private static Path film(Path target, String arguments) {
    List<Object> words = new ArrayList<>(Arrays.asList(arguments.strip().split(" +", -1)));
    words.add(target);
    ffmpeg(words.toArray());
    return target;
  }

  @Test
  void whatIsGivenUpIsWhatRulesSayAndNothingElseIs() throws Exception {
    Path films = Files.createDirectories(folder.resolve("films"));
    Path words =
        Files.writeString(folder.resolve("words.srt"), "1\n00:00:00,500 --> 00:00:02,000\nGrüße\n");
    Path chapters =
        Files.writeString(
            folder.resolve("chapters.txt"),
            ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=3000\ntitle=One\n");
    String fields =
        "-f lavfi -i testsrc2=size=320x180:rate=50:duration=3"
            + SOUND
            + " -vf tinterlace=interleave_top,setfield=tff -flags +ilme+ildct"
            + QUICK;
    film(films.resolve("fields.mkv"), fields + " -metadata:s:a:0 language=ger");
    Path untouched = film(films.resolve("other fields.mkv"), fields);
    byte[] original = Files.readAllBytes(untouched);
    String picture = "-f lavfi -i testsrc2=size=320x180:rate=25:duration=3" + SOUND;
    film(
        films.resolve("two.mkv"),
        picture
            + " -f lavfi -i testsrc=size=160x90:rate=25:duration=3 -map 0 -map 1 -map 2"
            + QUICK
            + " -pix_fmt yuv420p");
    film(
        films.resolve("chroma.mp4"),
        picture
            + " -i "
            + chapters
            + " -map 0 -map 1 -map_chapters 2 -timecode 01:00:00:00"
            + QUICK
            + " -pix_fmt yuv422p");
    film(
        films.resolve("text.mkv"),
        picture + " -i " + words + " -map 0 -map 1 -map 2" + QUICK + " -pix_fmt yuv420p -c:s srt");
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(
        rules,
        """
        rules:
          - name: these fields
            when: interlaced && name == 'fields.mkv'
            set: {interlaced: deinterlace}
          - name: text
            when: size(subtitles) > 0
            set: {container: mp4}
          - set: {several_films: first, chroma: 420, vmaf_target: 30}
        """);
    try (Installation installation =
        new Installation(
            folder.resolve("home"),
            "presets: [12]",
            "min_crf: 45",
            "max_crf: 45",
            "vmaf_scale: none",
            "free_space_reserve: 16MiB")) {
      installation.typeWell("up", "--detach");
      installation.typeWell("library", "add", films, "--name", "films");
      installation.typeWell("rules", "set", rules);
      assertThat(installation.typeWell("rules", "explain", films.resolve("fields.mkv")).out())
          .contains("deinterlaced", "rule 'these fields'");

      installation.typeWell("enqueue", films, "--wait");

      assertThat(installation.video("other fields.mkv").get("skip_reason").asText())
          .isEqualTo("interlaced");
      assertThat(untouched).hasBinaryContent(original);
      JsonNode deinterlaced = probe(films.resolve("fields.mkv"));
      assertThat(deinterlaced.at("/streams/0/codec_name").asText()).isEqualTo("av1");
      assertThat(deinterlaced.at("/streams/0/field_order").asText("")).isNotIn("tt", "tb");
      assertThat(deinterlaced.at("/streams/0/avg_frame_rate").asText()).isEqualTo("25/1");
      assertThat(deinterlaced.at("/streams/1/tags/language").asText()).isEqualTo("ger");
      assertThat(probe(films.resolve("two.mkv")).path("streams").findValuesAsText("codec_name"))
          .containsExactly("av1", "aac", "h264");
      JsonNode reduced = probe(films.resolve("chroma.mp4"));
      assertThat(reduced.at("/streams/0/pix_fmt").asText()).isEqualTo("yuv420p10le");
      assertThat(reduced.at("/streams/0/tags/timecode").asText()).isEqualTo("01:00:00:00");
      assertThat(reduced.at("/chapters/0/tags/title").asText()).isEqualTo("One");
      assertThat(films.resolve("text.mkv")).doesNotExist();
      assertThat(probe(films.resolve("text.mp4")).path("streams").findValuesAsText("codec_name"))
          .containsExactly("av1", "aac", "mov_text");
    }
  }

  private static JsonNode probe(Path film) throws Exception {
    Process ffprobe =
        new ProcessBuilder(
                TestTools.tools().ffprobe().toString(),
                "-v",
                "error",
                "-show_streams",
                "-show_chapters",
                "-of",
                "json",
                film.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(ffprobe.getInputStream().readAllBytes(), UTF_8);
    assertThat(ffprobe.waitFor()).isZero();
    return JSON.readTree(said);
  }
}
