package dev.reencodarr.activities.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.reencodarr.activities.process.FileByFile;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks ffprobe what is in a media file. */
public final class Ffprobe {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int STDOUT_LIMIT = 16 << 20;

  /**
   * Frames that are looked into for dynamic metadata; the first one carries it where it is used.
   */
  private static final String FIRST_FRAMES = "%+#4";

  /** Characters of complaints about several files, half of what is kept of them. */
  private static final int COMPLAINTS = 4000;

  private static final List<String> WHOLE_FILE =
      List.of("-show_format", "-show_streams", "-show_chapters");

  private final ProgramRunner runner;
  private final ToolSet tools;

  public Ffprobe(ProgramRunner runner, ToolSet tools) {
    this.runner = runner;
    this.tools = tools;
  }

  /** The same one, and this listener hears what it says. */
  public Ffprobe heardBy(ProgramListener listener) {
    return new Ffprobe(runner.heardBy(listener), tools);
  }

  /**
   * The facts of a file.
   *
   * @param file absolute; its name may hold anything
   * @throws NotMedia if ffprobe makes nothing of it, or what it says is impossible
   * @throws ProgramNotStarted if there is no working ffprobe
   * @throws io.temporal.failure.ApplicationFailure if ffprobe itself came to no answer, which says
   *     nothing of the file
   */
  public MediaFacts read(Path file) throws NotMedia, ProgramNotStarted, InterruptedException {
    return facts(file, ask(file, WHOLE_FILE));
  }

  /**
   * Asks about several files with one start of a program from Java.
   *
   * @param files absolute
   * @return an answer for each that ffprobe read well; the others are to be read alone, which tells
   *     what is wrong with them
   * @throws ProgramNotStarted if there is no working ffprobe
   */
  public Map<Path, Answer> answers(List<Path> files)
      throws InterruptedException, ProgramNotStarted {
    Optional<List<String>> command =
        FileByFile.arguments(command(FileByFile.FILE, WHOLE_FILE), files);
    if (files.size() < 2 || command.isEmpty()) {
      return Map.of();
    }
    ProgramEnd end = runner.run(call(command.get()), () -> {});
    // Whose they are cannot be told, and there may be more than is kept.
    if (end.stderr().contains(FfprobeEnd.READ_ERROR) || end.stderr().length() > COMPLAINTS) {
      return Map.of();
    }
    Map<Path, Answer> answers = new HashMap<>();
    FileByFile.answers(end.stdout(), files)
        .forEach((file, text) ->
            FfprobeEnd.json(text)
                .filter(json -> json.at("/format/filename").asText("").equals(file.toString()))
                .ifPresent(json -> answers.put(file, new Answer(json))));
    return Map.copyOf(answers);
  }

  /** What ffprobe said of a file as a whole. */
  public static final class Answer {
    private final JsonNode json;

    private Answer(JsonNode json) {
      this.json = json;
    }
  }

  /** The facts of a file that was asked about before; see {@link #read}. */
  public MediaFacts read(Path file, Answer answer)
      throws NotMedia, ProgramNotStarted, InterruptedException {
    return facts(file, answer.json);
  }

  private MediaFacts facts(Path file, JsonNode answer)
      throws NotMedia, ProgramNotStarted, InterruptedException {
    MediaFacts facts = FfprobeAnswer.facts(answer);
    for (MediaStream stream : facts.streams()) {
      if (stream instanceof MediaStream.Video video && mayCarryDynamicMetadata(video)) {
        facts = with(facts, video, lookIntoFrames(file, video));
      }
    }
    return facts;
  }

  /** Dynamic metadata lies in the frames, not in the container; only HDR video can have it. */
  private static boolean mayCarryDynamicMetadata(MediaStream.Video video) {
    boolean isHdr = video.hdr() != HdrKind.SDR;
    boolean untaggedTenBit =
        video.codec().equals("hevc")
            && video.pixelFormat().contains("10")
            && !video.colour().containsKey("color_transfer");
    return !video.isPicture() && (isHdr || untaggedTenBit);
  }

  private MediaStream.Video lookIntoFrames(Path file, MediaStream.Video video)
      throws NotMedia, ProgramNotStarted, InterruptedException {
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
    JsonNode frames = answer.path("frames");
    return FfprobeAnswer.withHdr(
        video, FfprobeAnswer.hdrOfFrames(frames, video.hdr()), FfprobeAnswer.isHdr10Plus(frames));
  }

  private static MediaFacts with(
      MediaFacts facts, MediaStream.Video video, MediaStream.Video known) {
    List<MediaStream> streams = new ArrayList<>(facts.streams());
    streams.replaceAll(stream -> stream.equals(video) ? known : stream);
    return new MediaFacts(
        facts.formatName(),
        facts.startSeconds(),
        facts.durationSeconds(),
        facts.sizeBytes(),
        List.copyOf(streams),
        facts.chapters(),
        facts.tags());
  }

  private JsonNode ask(Path file, List<String> questions)
      throws NotMedia, ProgramNotStarted, InterruptedException {
    ProgramCall call = call(command(file.toString(), questions));
    return new FfprobeEnd(file, call, runner.run(call, () -> {})).answer();
  }

  private List<String> command(String file, List<String> questions) {
    List<String> command = new ArrayList<>();
    command.add(tools.ffprobe().toString());
    // A playlist with the name of a video must not make anything else be opened.
    command.addAll(List.of("-v", "error", "-protocol_whitelist", "file", "-of", "json"));
    command.addAll(questions);
    command.addAll(List.of("-i", file));
    return List.copyOf(command);
  }

  private static ProgramCall call(List<String> command) {
    return new ProgramCall(command, Path.of("/"), Map.of(), LIMIT, STDOUT_LIMIT, false);
  }
}
