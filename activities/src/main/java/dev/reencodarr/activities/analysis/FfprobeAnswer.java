package dev.reencodarr.activities.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.workflows.analysis.DolbyVision;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes typed facts of ffprobe's JSON. */
final class FfprobeAnswer {

  /** Lists of other files rather than media; ffprobe would describe what they point to. */
  private static final Set<String> PLAYLISTS = Set.of("hls", "concat", "dash", "sdp", "imf");

  private static final List<String> COLOUR_TAGS =
      List.of("color_range", "color_space", "color_transfer", "color_primaries", "chroma_location");

  private static final String HDR10_PLUS = "HDR Dynamic Metadata";

  private FfprobeAnswer() {}

  static MediaFacts facts(JsonNode answer) throws NotMedia {
    JsonNode format = answer.path("format");
    List<MediaStream> streams = new ArrayList<>();
    answer.path("streams").forEach(stream -> streams.add(stream(stream)));
    MediaFacts facts =
        new MediaFacts(
            format.path("format_name").asText(""),
            format.path("start_time").asDouble(0),
            format.path("duration").asDouble(0),
            format.path("size").asLong(0),
            List.copyOf(streams),
            answer.path("chapters").size(),
            tags(format));
    refuseTheImpossible(facts);
    return facts;
  }

  private static void refuseTheImpossible(MediaFacts facts) throws NotMedia {
    if (PLAYLISTS.contains(facts.formatName())) {
      throw NotMedia.impossible("a playlist (" + facts.formatName() + "), not media");
    }
    if (facts.streams().isEmpty()) {
      throw NotMedia.impossible("there is no stream in it");
    }
    for (MediaStream.Video film : facts.films()) {
      if (film.width() <= 0 || film.height() <= 0) {
        throw NotMedia.impossible("the video has the size " + film.width() + "×" + film.height());
      }
      if (!(facts.durationSeconds() > 0)) {
        throw NotMedia.impossible("the video has no duration");
      }
    }
  }

  private static MediaStream stream(JsonNode stream) {
    int index = stream.path("index").asInt();
    String codec = known(stream.path("codec_name").asText(""));
    Map<String, String> tags = tags(stream);
    List<String> dispositions = dispositions(stream);
    return switch (stream.path("codec_type").asText("")) {
      case "video" -> video(stream, index, codec, tags, dispositions);
      case "audio" ->
          new MediaStream.Audio(
              index,
              codec,
              known(stream.path("profile").asText("")),
              stream.path("channels").asInt(0),
              known(stream.path("channel_layout").asText("")),
              bitrate(stream, tags),
              tags,
              dispositions);
      case "subtitle" -> new MediaStream.Subtitle(index, codec, tags, dispositions);
      case "attachment" -> new MediaStream.Attachment(index, codec, tags, dispositions);
      default ->
          new MediaStream.Data(
              index, codec, stream.path("codec_tag_string").asText(""), tags, dispositions);
    };
  }

  private static MediaStream.Video video(
      JsonNode stream,
      int index,
      String codec,
      Map<String, String> tags,
      List<String> dispositions) {
    Map<String, String> colour = new TreeMap<>();
    for (String tag : COLOUR_TAGS) {
      String value = known(stream.path(tag).asText(""));
      if (!value.isEmpty()) {
        colour.put(tag, value);
      }
    }
    return new MediaStream.Video(
        index,
        codec,
        known(stream.path("profile").asText("")),
        stream.path("width").asInt(0),
        stream.path("height").asInt(0),
        rotation(stream),
        known(stream.path("pix_fmt").asText("")),
        rate(stream.path("avg_frame_rate").asText("")),
        rate(stream.path("r_frame_rate").asText("")),
        known(stream.path("field_order").asText("")),
        duration(stream, tags),
        frames(stream, tags),
        hdr(stream, colour),
        Map.copyOf(colour),
        tags,
        dispositions,
        dolbyVision(stream),
        stream.path("closed_captions").asInt(0) == 1);
  }

  private static DolbyVision dolbyVision(JsonNode stream) {
    for (JsonNode data : stream.path("side_data_list")) {
      if (data.path("side_data_type").asText("").startsWith("DOVI configuration")) {
        return new DolbyVision(
            data.path("dv_profile").asInt(0),
            data.path("dv_bl_signal_compatibility_id").asInt(0),
            false);
      }
    }
    return DolbyVision.none();
  }

  /** ffprobe gives the angle of a display matrix, -180 to 180. */
  private static int rotation(JsonNode stream) {
    for (JsonNode data : stream.path("side_data_list")) {
      if (data.path("side_data_type").asText("").equals("Display Matrix")) {
        return Math.floorMod(data.path("rotation").asInt(0), 360);
      }
    }
    return 0;
  }

  private static String known(String name) {
    return name.equals("unknown") || name.equals("none") ? "" : name;
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new TreeMap<>();
    node.path("tags")
        .properties()
        .forEach(tag -> tags.put(tag.getKey().toLowerCase(Locale.ROOT), tag.getValue().asText()));
    return Map.copyOf(tags);
  }

  private static List<String> dispositions(JsonNode stream) {
    return stream.path("disposition").properties().stream()
        .filter(flag -> flag.getValue().asInt() == 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A rate such as {@code 24000/1001}; 0 where it is none. */
  private static double rate(String fraction) {
    String[] parts = fraction.split("/", -1);
    try {
      double rate =
          parts.length == 2
              ? Double.parseDouble(parts[0]) / Double.parseDouble(parts[1])
              : Double.parseDouble(fraction);
      return Double.isFinite(rate) ? rate : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Matroska keeps the duration of a stream as a tag, such as {@code 00:24:03.400000000}. */
  private static double duration(JsonNode stream, Map<String, String> tags) {
    double said = stream.path("duration").asDouble(0);
    String[] tag = tags.getOrDefault("duration", "").split(":", -1);
    if (said > 0 || tag.length != 3) {
      return said;
    }
    try {
      return Integer.parseInt(tag[0]) * 3600.0
          + Integer.parseInt(tag[1]) * 60.0
          + Double.parseDouble(tag[2]);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Matroska keeps it as a tag of mkvmerge's, {@code BPS} or {@code BPS-eng}. */
  private static long bitrate(JsonNode stream, Map<String, String> tags) {
    long said = stream.path("bit_rate").asLong(0);
    if (said > 0) {
      return said;
    }
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().equals("bps") || tag.getKey().startsWith("bps-"))
        .map(Map.Entry::getValue)
        .filter(value -> value.matches("\\d{1,12}"))
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElse(0);
  }

  private static long frames(JsonNode stream, Map<String, String> tags) {
    long counted = stream.path("nb_frames").asLong(0);
    if (counted > 0) {
      return counted;
    }
    try {
      return Long.parseLong(tags.getOrDefault("number_of_frames", "0"));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static HdrKind hdr(JsonNode stream, Map<String, String> colour) {
    return hdrOfSideData(stream, HdrKind.ofTransfer(colour.getOrDefault("color_transfer", "")));
  }

  /** What the side data of the first frames make of a stream that seemed to be {@code before}. */
  static HdrKind hdrOfFrames(JsonNode frames, HdrKind before) {
    HdrKind kind = before;
    for (JsonNode frame : frames) {
      kind = hdrOfSideData(frame, kind);
    }
    return kind;
  }

  /** Whether the first frames bear HDR10+ metadata, beside whatever else. */
  static boolean isHdr10Plus(JsonNode frames) {
    for (JsonNode frame : frames) {
      for (JsonNode data : frame.path("side_data_list")) {
        if (data.path("side_data_type").asText("").startsWith(HDR10_PLUS)) {
          return true;
        }
      }
    }
    return false;
  }

  private static HdrKind hdrOfSideData(JsonNode holder, HdrKind before) {
    HdrKind kind = before;
    for (JsonNode data : holder.path("side_data_list")) {
      String type = data.path("side_data_type").asText("");
      if (type.startsWith("DOVI") || type.startsWith("Dolby Vision")) {
        return HdrKind.DOLBY_VISION;
      }
      if (type.startsWith(HDR10_PLUS) && before != HdrKind.DOLBY_VISION) {
        kind = HdrKind.HDR10_PLUS;
      }
    }
    return kind;
  }

  static MediaStream.Video withHdr(MediaStream.Video video, HdrKind hdr, boolean hdr10Plus) {
    return new MediaStream.Video(
        video.index(),
        video.codec(),
        video.profile(),
        video.width(),
        video.height(),
        video.rotation(),
        video.pixelFormat(),
        video.averageFrameRate(),
        video.baseFrameRate(),
        video.fieldOrder(),
        video.durationSeconds(),
        video.frames(),
        hdr,
        video.colour(),
        video.tags(),
        video.dispositions(),
        new DolbyVision(video.dolbyVision().profile(), video.dolbyVision().base(), hdr10Plus),
        video.closedCaptions());
  }
}
