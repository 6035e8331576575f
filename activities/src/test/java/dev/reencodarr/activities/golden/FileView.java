package dev.reencodarr.activities.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.TestTools;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * All that is to be kept of a file, as ffprobe and ffmpeg tell it. It shares no code with the
 * program: it is to find what the program's own comparison overlooks.
 */
final class FileView {

  /** Containers round times to a millisecond, each in its own way. */
  private static final double TIME_TOLERANCE = 0.0021;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Tags with figures or names of whoever wrote the file, not of what is in it. */
  private static final Set<String> OF_THE_WRITER =
      Set.of(
          "encoder",
          "duration",
          "handler_name",
          "vendor_id",
          "major_brand",
          "minor_version",
          "compatible_brands",
          "ab_av1_ffmpeg_args");

  private final Path file;
  private final Map<String, String> said = new TreeMap<>();
  private final Map<String, List<Double>> times = new TreeMap<>();

  private FileView(Path file) {
    this.file = file;
  }

  static FileView of(Path file) throws Exception {
    FileView view = new FileView(file);
    view.look();
    return view;
  }

  /** What is different in the other file, as {@code what: before -> after}; empty: nothing. */
  List<String> differencesTo(FileView other) {
    List<String> differences = new ArrayList<>();
    Set<String> keys = new TreeSet<>(said.keySet());
    keys.addAll(other.said.keySet());
    for (String key : keys) {
      String before = said.getOrDefault(key, "");
      String after = other.said.getOrDefault(key, "");
      if (!before.equals(after)) {
        differences.add(key + ": " + before + " -> " + after);
      }
    }
    times.forEach((key, before) -> {
      List<Double> after = other.times.get(key);
      if (after != null) {
        String what = differenceOfTimes(before, after);
        if (!what.isEmpty()) {
          differences.add(key + ": " + what);
        }
      }
    });
    return differences;
  }

  /** What is said of one thing, such as {@code film 0 codec}. */
  String get(String key) {
    return said.getOrDefault(key, "");
  }

  private static String differenceOfTimes(List<Double> before, List<Double> after) {
    if (before.size() != after.size()) {
      return before.size() + " -> " + after.size() + " packets";
    }
    for (int number = 0; number < before.size(); number++) {
      double off = after.get(number) - before.get(number);
      if (Math.abs(off) > TIME_TOLERANCE) {
        return String.format(Locale.ROOT, "packet %d comes %.4f s later", number, off);
      }
    }
    return "";
  }

  private void look() throws Exception {
    JsonNode answer =
        ffprobe("-show_format", "-show_streams", "-show_chapters", "-show_packets", "-of", "json");
    tags("file", answer.path("format"), Set.of());
    int number = 0;
    for (JsonNode chapter : answer.path("chapters")) {
      String key = "chapter " + number++;
      said.put(key + " start", rounded(chapter.path("start_time").asText()));
      said.put(key + " end", rounded(chapter.path("end_time").asText()));
      tags(key, chapter, Set.of());
    }
    Map<String, Integer> counts = new TreeMap<>();
    Map<Integer, String> keys = new TreeMap<>();
    for (JsonNode stream : answer.path("streams")) {
      String kind = kind(stream);
      String key = kind + " " + (counts.merge(kind, 1, Integer::sum) - 1);
      keys.put(stream.path("index").asInt(), key);
      stream(key, kind, stream);
    }
    times(answer.path("packets"), keys);
  }

  private static String kind(JsonNode stream) {
    String type = stream.path("codec_type").asText();
    if (!type.equals("video")) {
      return type.isEmpty() ? "data" : type;
    }
    return stream.at("/disposition/attached_pic").asInt() == 1 ? "cover" : "film";
  }

  private void stream(String key, String kind, JsonNode stream) throws Exception {
    int index = stream.path("index").asInt();
    said.put(key + " codec", stream.path("codec_name").asText("none"));
    said.put(key + " flags", flags(stream));
    tags(key, stream, OF_THE_WRITER);
    // of MP4 players show it as the title, unless it is what all writers put there
    String handler = stream.at("/tags/handler_name").asText();
    if (!handler.isEmpty() && !handler.endsWith("Handler")) {
      said.putIfAbsent(key + " tag title", handler);
    }
    switch (kind) {
      case "film" -> film(key, index, stream);
      case "cover" -> said.put(key + " bytes", hash(index));
      case "audio" -> {
        for (String entry : List.of("channels", "channel_layout", "sample_rate", "profile")) {
          said.put(key + " " + entry, stream.path(entry).asText(""));
        }
        said.put(key + " bytes", hash(index));
      }
      case "subtitle" -> said.put(key + " bytes", hash(index));
      case "attachment" -> said.put(key + " bytes", attachment(index));
      default -> {}
    }
  }

  private static String flags(JsonNode stream) {
    return String.join(
        "+",
        stream.path("disposition").properties().stream()
            .filter(flag -> flag.getValue().asInt() == 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList());
  }

  private void tags(String key, JsonNode holder, Set<String> without) {
    holder
        .path("tags")
        .properties()
        .forEach(tag -> {
          String name = tag.getKey().toLowerCase(Locale.ROOT);
          boolean isFigure =
              name.startsWith("bps") || name.startsWith("number_of") || name.startsWith("_stat");
          if (!isFigure && !without.contains(name) && !OF_THE_WRITER.contains(name)) {
            said.put(key + " tag " + name, tag.getValue().asText());
          }
        });
  }

  private void film(String key, int index, JsonNode stream) throws Exception {
    for (String entry :
        List.of(
            "width",
            "height",
            "pix_fmt",
            "sample_aspect_ratio",
            "color_range",
            "color_space",
            "color_transfer",
            "color_primaries",
            "chroma_location",
            "closed_captions")) {
      said.put(key + " " + entry, stream.path(entry).asText(""));
    }
    said.put(
        key + " interlaced",
        Boolean.toString(
            Set.of("tt", "bb", "tb", "bt").contains(stream.path("field_order").asText())));
    // where it lies differs: in the stream, in its frames, in both
    sideData(key, stream);
    JsonNode frames =
        ffprobe(
            "-select_streams",
            Integer.toString(index),
            "-read_intervals",
            "%+#3",
            "-show_frames",
            "-of",
            "json");
    frames.path("frames").forEach(frame -> sideData(key, frame));
  }

  private void sideData(String key, JsonNode holder) {
    for (JsonNode data : holder.path("side_data_list")) {
      String type = data.path("side_data_type").asText();
      if (type.startsWith("H.26") || type.startsWith("CPB") || type.startsWith("3D Ref")) {
        continue;
      }
      StringBuilder values = new StringBuilder();
      data.properties().stream()
          .filter(entry -> !entry.getKey().equals("side_data_type"))
          .filter(entry -> !entry.getKey().equals("displaymatrix"))
          .filter(entry -> entry.getValue().isValueNode())
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry ->
              values.append(entry.getKey() + "=" + rounded(entry.getValue().asText()) + " "));
      said.put(key + " " + type, values.toString().strip());
    }
  }

  /** Fractions as numbers: containers have denominators of their own. */
  private static String rounded(String text) {
    try {
      String[] parts = text.split("/", -1);
      BigDecimal value = new BigDecimal(parts[0]);
      if (parts.length == 2) {
        value = value.divide(new BigDecimal(parts[1]), MathContext.DECIMAL32);
      }
      return value.setScale(3, java.math.RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException | ArithmeticException e) {
      return text;
    }
  }

  /** From the first picture of the film, so that sound that moves against it is seen. */
  private void times(JsonNode packets, Map<Integer, String> keys) {
    Map<String, List<Double>> found = new TreeMap<>();
    for (JsonNode packet : packets) {
      String key = keys.getOrDefault(packet.path("stream_index").asInt(), "");
      if (packet.has("pts_time") && !key.startsWith("cover") && !key.startsWith("data")) {
        found.computeIfAbsent(key, _ -> new ArrayList<>()).add(packet.path("pts_time").asDouble());
      }
    }
    found.values().forEach(list -> list.sort(Double::compare));
    double first = found.getOrDefault("film 0", List.of(0.0)).getFirst();
    found.forEach(
        (key, list) -> times.put(key + " times", list.stream().map(time -> time - first).toList()));
  }

  /** Of the packets of a stream. */
  private String hash(int index) throws Exception {
    String out =
        run(
            TestTools.tools().ffmpeg().toString(),
            "-nostdin",
            "-v",
            "error",
            "-i",
            file.toString(),
            "-map",
            "0:" + index,
            "-c",
            "copy",
            "-f",
            "hash",
            "-hash",
            "md5",
            "-");
    return out.strip();
  }

  private String attachment(int index) throws Exception {
    Path folder = Files.createTempDirectory("attachment");
    Path copy = folder.resolve("bytes");
    // ffmpeg ends with an error where it is given no output, after it has dumped what was asked for
    new ProcessBuilder(
            TestTools.tools().ffmpeg().toString(),
            "-nostdin",
            "-v",
            "quiet",
            "-dump_attachment:" + index,
            copy.toString(),
            "-i",
            file.toString())
        .start()
        .waitFor();
    byte[] bytes = Files.readAllBytes(copy);
    Files.delete(copy);
    Files.delete(folder);
    return bytes.length
        + " "
        + HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
  }

  private JsonNode ffprobe(String... questions) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(TestTools.tools().ffprobe().toString(), "-v", "error"));
    command.addAll(Arrays.asList(questions));
    command.add(file.toString());
    return JSON.readTree(run(command.toArray(String[]::new)));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.waitFor();
    if (exit != 0) {
      throw new IllegalStateException("exit " + exit + " of " + List.of(command));
    }
    return out;
  }

  static String text(Path file, String specifier, String format) throws Exception {
    return run(
        TestTools.tools().ffmpeg().toString(),
        "-nostdin",
        "-v",
        "error",
        "-i",
        file.toString(),
        "-map",
        specifier,
        "-f",
        format,
        "-");
  }

  static JsonNode frames(Path file, int index) throws Exception {
    return FileView.of(file)
        .ffprobe("-select_streams", Integer.toString(index), "-show_frames", "-of", "json")
        .path("frames");
  }

  static long framesWith(Path file, int index, String sideData) throws Exception {
    return StreamSupport.stream(frames(file, index).spliterator(), false)
        .filter(frame -> frame.toString().contains(sideData))
        .count();
  }
}
