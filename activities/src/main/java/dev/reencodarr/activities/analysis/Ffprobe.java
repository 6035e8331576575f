package dev.reencodarr.activities.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks ffprobe what is in a media file. */
public final class Ffprobe {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int STDOUT_LIMIT = 16 << 20;

  /**
   * Frames that are looked into for dynamic metadata; the first one carries it where it is used.
   */
  private static final String FIRST_FRAMES = "%+#4";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProgramRunner runner;
  private final ToolSet tools;

  public Ffprobe(ProgramRunner runner, ToolSet tools) {
    this.runner = runner;
    this.tools = tools;
  }

  /**
   * The facts of a file.
   *
   * @param file absolute; its name may hold anything
   * @throws NotMedia if ffprobe makes nothing of it, or what it says is impossible
   * @throws dev.reencodarr.activities.process.ProgramNotStarted if there is no working ffprobe
   * @throws IOException if the file cannot be read, or ffprobe was ended from outside
   */
  public MediaFacts read(Path file) throws NotMedia, IOException, InterruptedException {
    JsonNode answer = ask(file, List.of("-show_format", "-show_streams", "-show_chapters"));
    MediaFacts facts = FfprobeAnswer.facts(answer);
    for (MediaStream stream : facts.streams()) {
      if (stream instanceof MediaStream.Video video && mayCarryDynamicMetadata(video)) {
        facts = withHdr(facts, video, lookIntoFrames(file, video));
      }
    }
    return facts;
  }

  /** Dynamic metadata lies in the frames, not in the container; only HDR video can have it. */
  private static boolean mayCarryDynamicMetadata(MediaStream.Video video) {
    boolean perceptualQuantizer = video.hdr() == HdrKind.HDR10;
    boolean untaggedTenBit =
        video.codec().equals("hevc")
            && video.pixelFormat().contains("10")
            && !video.colour().containsKey("color_transfer");
    return !video.isPicture() && (perceptualQuantizer || untaggedTenBit);
  }

  private HdrKind lookIntoFrames(Path file, MediaStream.Video video)
      throws NotMedia, IOException, InterruptedException {
    JsonNode answer =
        ask(
            file,
            List.of(
                "-select_streams",
                Integer.toString(video.index()),
                "-read_intervals",
                FIRST_FRAMES,
                "-show_frames",
                "-show_entries",
                "frame_side_data=side_data_type"));
    return FfprobeAnswer.hdrOfFrames(answer.path("frames"), video.hdr());
  }

  private static MediaFacts withHdr(MediaFacts facts, MediaStream.Video video, HdrKind hdr) {
    List<MediaStream> streams = new ArrayList<>(facts.streams());
    streams.replaceAll(stream -> stream.equals(video) ? FfprobeAnswer.withHdr(video, hdr) : stream);
    return new MediaFacts(
        facts.formatName(),
        facts.durationSeconds(),
        facts.sizeBytes(),
        List.copyOf(streams),
        facts.chapters(),
        facts.tags());
  }

  private JsonNode ask(Path file, List<String> questions)
      throws NotMedia, IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(tools.ffprobe().toString());
    // A playlist with the name of a video must not make anything else be opened.
    command.addAll(List.of("-v", "error", "-protocol_whitelist", "file", "-of", "json"));
    command.addAll(questions);
    command.addAll(List.of("-i", file.toString()));
    ProgramCall call =
        new ProgramCall(List.copyOf(command), Path.of("/"), Map.of(), LIMIT, STDOUT_LIMIT, false);
    ProgramEnd end = runner.run(call, () -> {});
    if (end.timedOut() || end.signal() != 0 || end.stderr().contains("Input/output error")) {
      throw new IOException(
          "ffprobe did not come to its end after %.0f s (signal %d): %s"
              .formatted(end.seconds(), end.signal(), end.stderr().strip()));
    }
    if (!end.succeeded()) {
      throw NotMedia.refused(call.arguments(), end);
    }
    return parse(call, end);
  }

  private static JsonNode parse(ProgramCall call, ProgramEnd end) throws NotMedia {
    try {
      return JSON.readTree(end.stdout());
    } catch (JsonProcessingException e) {
      throw NotMedia.refused(call.arguments(), end);
    }
  }
}
