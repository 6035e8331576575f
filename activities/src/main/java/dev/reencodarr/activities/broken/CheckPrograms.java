package dev.reencodarr.activities.broken;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What a check asks ffmpeg and ffprobe about one file. */
final class CheckPrograms {

  /** Of running time, little of which a busy machine may give. */
  private static final Duration LIMIT = Duration.ofDays(2);

  private static final int ANSWER_BYTES = 1 << 20;

  /** Of half a minute: also where sound comes in thousands of packets a second. */
  private static final int TIMES_BYTES = 16 << 20;

  /** Seconds between reports of progress, of which only the last one is read. */
  private static final String SELDOM = "60";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What is said of a disk or a network that does not answer. Copying and counting go on to a good
   * end after it, as at the end of the file.
   */
  private static final Pattern NOT_READ =
      Pattern.compile(
          "Input/output error|Read error at pos\\.|Stale (NFS )?file handle"
              + "|Transport endpoint is not connected|Host is down|Connection timed out"
              + "|Software caused connection abort|Remote I/O error");

  private static final String BYTES_AT_ONCE = Integer.toString(1 << 20);

  private final ProgramRunner programs;
  private final ToolSet tools;
  private final int threads;
  private final Path file;
  private final Runnable everySecond;

  /**
   * @param threads of a decoder, at least 1
   * @param file absolute; its name may hold anything
   * @param everySecond called while a program runs
   */
  CheckPrograms(
      ProgramRunner programs, ToolSet tools, int threads, Path file, Runnable everySecond) {
    this.programs = programs;
    this.tools = tools;
    this.threads = threads;
    this.file = file;
    this.everySecond = everySecond;
  }

  /** What is done with the sound while pictures are decoded. */
  enum Sound {
    DECODED,
    /** As an encode does it. */
    COPIED
  }

  /** A program's end and what it was called by. */
  record Run(List<String> command, ProgramEnd end) {

    /** Whether it ended by itself, and not well: it says something of the file. */
    boolean refused() {
      return !end.succeeded() && !end.timedOut() && end.signal() == 0;
    }
  }

  /** Decodes the film, stopping at the first error in it, as an encode does. */
  Run decode(MediaFacts facts, Sound sound) throws InterruptedException {
    List<String> command = ffmpeg();
    command.add("-xerror");
    command.addAll(List.of("-threads", Integer.toString(threads), "-i", file.toString()));
    facts.mainVideo().ifPresent(film -> command.addAll(List.of("-map", "0:" + film.index())));
    tracks(facts).forEach(track -> command.addAll(List.of("-map", "0:" + track.index())));
    command.addAll(List.of("-fps_mode", "passthrough"));
    if (sound == Sound.COPIED) {
      command.addAll(List.of("-c:a", "copy"));
    }
    command.addAll(List.of("-f", "null", "-"));
    return run(command, ANSWER_BYTES);
  }

  /** The tracks of sound that there is a name for. */
  static List<MediaStream.Audio> tracks(MediaFacts facts) {
    return facts.streams().stream()
        .filter(MediaStream.Audio.class::isInstance)
        .map(MediaStream.Audio.class::cast)
        .filter(track -> !track.codec().isEmpty())
        .toList();
  }

  /** Reads through all streams without decoding any. */
  ReadThrough readThrough() throws InterruptedException {
    List<String> command = ffmpeg();
    command.addAll(List.of("-i", file.toString(), "-map", "0", "-copy_unknown"));
    command.addAll(List.of("-c", "copy", "-f", "null", "-"));
    return readThrough(run(command, ANSWER_BYTES));
  }

  /**
   * Reads all bytes of the file, whatever they are.
   *
   * @throws io.temporal.failure.ApplicationFailure with what was said, if they cannot be read
   */
  void readBytes() throws InterruptedException {
    List<String> command = ffmpeg();
    command.add("-xerror");
    command.addAll(List.of("-f", "data", "-raw_packet_size", BYTES_AT_ONCE));
    command.addAll(List.of("-i", file.toString(), "-map", "0", "-c", "copy", "-f", "null", "-"));
    var _ = well(run(command, ANSWER_BYTES));
  }

  /**
   * What a run of ffmpeg has read.
   *
   * @throws io.temporal.failure.ApplicationFailure with what it has said, if it has not ended well
   */
  ReadThrough readThrough(Run run) {
    ProgramEnd end = well(run);
    return ReadThrough.of(end)
        .orElseThrow(() ->
            fault(run, EvidenceKind.UNREADABLE_ANSWER, "ffmpeg did not say how far it has come"));
  }

  private List<String> ffmpeg() {
    return new ArrayList<>(
        List.of(
            tools.ffmpeg().toString(),
            "-nostdin",
            "-hide_banner",
            "-nostats",
            "-v",
            "error",
            "-progress",
            "pipe:1",
            "-stats_period",
            SELDOM,
            "-protocol_whitelist",
            "file,pipe"));
  }

  /**
   * What comes last in the file.
   *
   * @param from seconds by the clock of the container; what comes before is not read, as far as the
   *     container has an index
   */
  LastPackets lastPackets(double from) throws InterruptedException {
    List<String> command = ffprobe();
    if (from > 0) {
      command.addAll(List.of("-read_intervals", String.format(Locale.ROOT, "%.3f", from)));
    }
    command.addAll(List.of("-show_entries", LastPackets.ENTRIES, "-of", "compact"));
    command.addAll(List.of("-i", file.toString()));
    return LastPackets.of(well(run(command, TIMES_BYTES)).stdout());
  }

  /** Packets of the film, counted without decoding. */
  long packets(MediaStream.Video film) throws InterruptedException {
    return streams(counted(List.of("-count_packets"), Integer.toString(film.index())))
        .path(0)
        .path("nb_read_packets")
        .asLong(0);
  }

  /** Frames of a stream that were decoded, and what was complained of on the way. */
  record Decoded(long frames, String complaints) {}

  /** Decodes the film alone, whatever is wrong with it. */
  Decoded decoded(MediaStream.Video film) throws InterruptedException {
    Run run = counted(List.of("-count_frames"), Integer.toString(film.index()));
    return new Decoded(
        streams(run).path(0).path("nb_read_frames").asLong(0), run.end().stderr().strip());
  }

  /** Of each track of sound its packets and what of them can be decoded. */
  JsonNode countedSound() throws InterruptedException {
    return streams(counted(List.of("-count_packets", "-count_frames"), "a"));
  }

  private Run counted(List<String> how, String streams) throws InterruptedException {
    List<String> command = ffprobe();
    command.addAll(how);
    command.addAll(
        List.of(
            "-select_streams",
            streams,
            "-show_entries",
            "stream=index,nb_read_packets,nb_read_frames",
            "-of",
            "json"));
    command.addAll(List.of("-i", file.toString()));
    return run(command, ANSWER_BYTES);
  }

  private JsonNode streams(Run run) {
    try {
      return JSON.readTree(well(run).stdout()).path("streams");
    } catch (JsonProcessingException e) {
      throw fault(run, EvidenceKind.UNREADABLE_ANSWER, "ffprobe's answer cannot be understood");
    }
  }

  private List<String> ffprobe() {
    return new ArrayList<>(
        List.of(tools.ffprobe().toString(), "-v", "error", "-protocol_whitelist", "file"));
  }

  private Run run(List<String> command, int answerBytes) throws InterruptedException {
    List<String> arguments = List.copyOf(command);
    try {
      return new Run(
          arguments,
          programs.run(
              new ProgramCall(arguments, Path.of("/"), Map.of(), LIMIT, answerBytes, true),
              everySecond));
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The end of a program that has ended well, and was not kept from reading the file.
   *
   * @throws io.temporal.failure.ApplicationFailure with what it has said, if it has not
   */
  private ProgramEnd well(Run run) {
    if (run.end().timedOut()) {
      throw fault(run, EvidenceKind.TIME_LIMIT, "the check took longer than " + LIMIT);
    }
    if (!run.end().succeeded()) {
      throw fault(run, EvidenceKind.PROCESS_EXIT, "a program of the check failed");
    }
    // A file may have the name of a fault.
    if (NOT_READ.matcher(run.end().stderr().replace(file.toString(), "")).find()) {
      throw fault(run, EvidenceKind.PROCESS_EXIT, "the file could not be read to its end");
    }
    return run.end();
  }

  private RuntimeException fault(Run run, EvidenceKind kind, String message) {
    return Faults.of(
        new Evidence(
            kind,
            message,
            run.end().exitCode(),
            run.end().signal(),
            run.command(),
            run.end().stderr(),
            Map.of(
                Evidence.SOURCE,
                file.toString(),
                Evidence.STARVED,
                Boolean.toString(run.end().starved()))));
  }
}
