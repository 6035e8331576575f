package dev.reencodarr.activities.replace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads real files with the real ffprobe, as much as verification needs. */
final class TestFacts implements FactsReader {

  @Override
  public MediaFacts read(Path file) throws IOException, NotMedia, InterruptedException {
    ProgramEnd end =
        new TestRunner()
            .run(
                new ProgramCall(
                    List.of(
                        TestTools.tools().ffprobe().toString(),
                        "-v",
                        "error",
                        "-show_streams",
                        "-show_format",
                        "-show_chapters",
                        "-of",
                        "json",
                        file.toString()),
                    InsideLibrary.folderOf(file),
                    Map.of(),
                    Duration.ofMinutes(1),
                    1 << 20,
                    false),
                () -> {});
    if (!end.succeeded()) {
      throw new NotMedia(end.stderr());
    }
    JsonNode answer = new ObjectMapper().readTree(end.stdout());
    List<MediaStream> streams = new ArrayList<>();
    answer.path("streams").forEach(stream -> streams.add(stream(stream)));
    JsonNode format = answer.path("format");
    return new MediaFacts(
        format.path("format_name").asText(),
        format.path("duration").asDouble(0),
        format.path("size").asLong(0),
        List.copyOf(streams),
        answer.path("chapters").size(),
        tags(format));
  }

  private static MediaStream stream(JsonNode stream) {
    int index = stream.path("index").asInt();
    String codec = stream.path("codec_name").asText("");
    List<String> dispositions = new ArrayList<>();
    stream
        .path("disposition")
        .properties()
        .forEach(each -> {
          if (each.getValue().asInt() == 1) {
            dispositions.add(each.getKey());
          }
        });
    Map<String, String> tags = tags(stream);
    return switch (stream.path("codec_type").asText()) {
      case "video" ->
          new MediaStream.Video(
              index,
              codec,
              stream.path("profile").asText(""),
              stream.path("width").asInt(),
              stream.path("height").asInt(),
              stream.path("pix_fmt").asText(""),
              rate(stream.path("avg_frame_rate").asText("0/0")),
              rate(stream.path("r_frame_rate").asText("0/0")),
              stream.path("field_order").asText(""),
              stream.path("duration").asDouble(0),
              stream.path("nb_frames").asLong(0),
              HdrKind.SDR,
              Map.of(),
              tags,
              List.copyOf(dispositions));
      case "audio" ->
          new MediaStream.Audio(
              index,
              codec,
              "",
              stream.path("channels").asInt(),
              stream.path("channel_layout").asText(""),
              tags,
              List.copyOf(dispositions));
      case "subtitle" -> new MediaStream.Subtitle(index, codec, tags, List.copyOf(dispositions));
      case "attachment" ->
          new MediaStream.Attachment(index, codec, tags, List.copyOf(dispositions));
      default -> new MediaStream.Data(index, codec, "", tags, List.copyOf(dispositions));
    };
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new TreeMap<>();
    node.path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey().toLowerCase(Locale.ROOT), tag.getValue().asText()));
    return Map.copyOf(tags);
  }

  private static double rate(String fraction) {
    int slash = fraction.indexOf('/');
    double below = Double.parseDouble(fraction.substring(slash + 1));
    return below == 0 ? 0 : Double.parseDouble(fraction.substring(0, slash)) / below;
  }
}
