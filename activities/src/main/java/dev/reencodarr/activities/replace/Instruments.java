package dev.reencodarr.activities.replace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.plan.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What verification measures with: ffprobe counts frames, ffmpeg compares pictures. */
final class Instruments {

  /** For what reads through a film, or scores a segment of it. */
  private static final Duration LIMIT = Duration.ofHours(4);

  /** Whoever scores a whole film more slowly than this hangs; VMAF in 4K makes several a second. */
  private static final Duration SLOWEST_FRAME = Duration.ofSeconds(1);

  private static final int ANSWER_BYTES = 1 << 20;

  /** About thirty for each packet: ten hours of sixty frames a second. */
  private static final int TIMES_BYTES = 64 << 20;

  private static final Pattern VMAF_SCORE = Pattern.compile("VMAF score: ([0-9.]+)");

  /** Of the three planes the worst, as ab-av1 takes it. */
  private static final Pattern XPSNR_SCORE = Pattern.compile("\\(minimum: (inf|[0-9.]+)\\)");

  /** dB of pictures without any difference, as in a probe. */
  private static final double IDENTICAL = 100;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String PACKETS = "nb_read_packets";
  private static final String FRAMES = "nb_read_frames";
  private static final int WITHOUT_DECODER = 1;

  private final ProgramRunner programs;
  private final ToolSet tools;
  private final CoreBudget cores;
  private final Path folder;
  private final Runnable everySecond;

  /**
   * @param folder private to this piece of work
   * @param everySecond called while a program runs
   */
  Instruments(
      ProgramRunner programs, ToolSet tools, CoreBudget cores, Path folder, Runnable everySecond) {
    this.programs = programs;
    this.tools = tools;
    this.cores = cores;
    this.folder = folder;
    this.everySecond = everySecond;
  }

  /** Counts the packets of a stream by reading through the file, without decoding. */
  FrameTally countPackets(Path file, int stream) throws InterruptedException {
    return tally(
        counting(file, stream, WITHOUT_DECODER, "-count_packets", tallied(PACKETS), "json"),
        PACKETS,
        false);
  }

  /** The same, and looks at the time of each packet on the way. */
  FrameTally countTimedPackets(Path file, int stream) throws InterruptedException {
    List<String> command =
        counting(
            file,
            stream,
            WITHOUT_DECODER,
            "-count_packets",
            "packet=pts,dts:stream=nb_read_packets,time_base,start_time:format=start_time",
            "compact");
    PacketTimes times = new PacketTimes();
    ProgramEnd end = run(command, false, TIMES_BYTES);
    end.stdout().lines().forEach(times::line);
    Optional<FrameTally> tally = times.tally(end.stderr().strip());
    // Of so many packets that the answer was cut, the number alone has to do.
    return tally.isPresent() ? tally.get() : countPackets(file, stream);
  }

  /** Counts the frames of a stream by decoding all of it. */
  FrameTally countDecoded(Path file, int stream) throws InterruptedException {
    try (CoreBudget.Lease lease = cores.take(everySecond)) {
      return tally(
          counting(file, stream, lease.threads(), "-count_frames", tallied(FRAMES), "json"),
          FRAMES,
          true);
    }
  }

  private FrameTally tally(List<String> command, String key, boolean heavy)
      throws InterruptedException {
    return read(command, run(command, heavy, ANSWER_BYTES), key);
  }

  private static String tallied(String key) {
    return "stream=" + key + ",start_time:format=start_time";
  }

  private List<String> counting(
      Path file, int stream, int threads, String how, String entries, String form) {
    return List.of(
        tools.ffprobe().toString(),
        "-v",
        "error",
        "-threads",
        Integer.toString(threads),
        how,
        "-select_streams",
        Integer.toString(stream),
        "-show_entries",
        entries,
        "-of",
        form,
        file.toString());
  }

  private static FrameTally read(List<String> command, ProgramEnd end, String key) {
    try {
      JsonNode answer = JSON.readTree(end.stdout());
      JsonNode stream = answer.path("streams").path(0);
      if (!stream.isObject()) {
        throw unreadable(command, end);
      }
      // ffprobe leaves a count of 0 out.
      double start =
          stream.path("start_time").asDouble(0)
              - answer.path("format").path("start_time").asDouble(0);
      return new FrameTally(
          stream.path(key).asLong(0), start, OptionalDouble.empty(), end.stderr().strip());
    } catch (JsonProcessingException e) {
      throw unreadable(command, end);
    }
  }

  private static RuntimeException unreadable(List<String> command, ProgramEnd end) {
    return Faults.of(
        evidence(
            EvidenceKind.UNREADABLE_ANSWER, "ffprobe's answer cannot be understood", command, end));
  }

  /**
   * The score of two inputs.
   *
   * @param comparison by the threads that it may use: ffmpeg's arguments for the result, for its
   *     source, and for a filter that ends in libvmaf or xpsnr
   * @param frames that are compared, for the time that it may take
   */
  double score(Metric metric, IntFunction<List<String>> comparison, long frames)
      throws InterruptedException {
    List<String> arguments = new java.util.ArrayList<>();
    arguments.addAll(List.of(tools.ffmpeg().toString(), "-nostdin", "-hide_banner", "-nostats"));
    ProgramEnd end;
    try (CoreBudget.Lease lease = cores.take(everySecond)) {
      arguments.addAll(comparison.apply(lease.threads()));
      arguments.addAll(List.of("-an", "-sn", "-dn", "-f", "null", "-"));
      end =
          run(
              List.copyOf(arguments),
              true,
              ANSWER_BYTES,
              LIMIT.plus(SLOWEST_FRAME.multipliedBy(frames)));
    }
    Matcher score = pattern(metric).matcher(end.stderr());
    if (!score.find()) {
      throw Faults.of(
          evidence(EvidenceKind.UNREADABLE_ANSWER, "ffmpeg gave no score", arguments, end));
    }
    return parsed(score.group(1));
  }

  /** A score as the filters write it; only xpsnr's can be {@code inf}. */
  static double parsed(String text) {
    return text.equals("inf") ? IDENTICAL : Double.parseDouble(text);
  }

  /**
   * The scores of the windows of what was compared last, by a filter that ended in {@link
   * FrameLog#option}.
   *
   * @param framesOfOne frames of a window
   */
  List<Double> windows(Metric metric, double framesOfOne) throws IOException {
    Path log = folder.resolve(FrameLog.NAME);
    try {
      List<Double> windows = FrameLog.windows(metric, log, framesOfOne);
      if (windows.isEmpty()) {
        throw Faults.of(EvidenceKind.UNREADABLE_ANSWER, "ffmpeg gave no scores of frames");
      }
      return windows;
    } catch (NumberFormatException e) {
      throw Faults.of(
          EvidenceKind.UNREADABLE_ANSWER, "ffmpeg's scores of frames: " + e.getMessage());
    } finally {
      Files.deleteIfExists(log);
    }
  }

  private static Pattern pattern(Metric metric) {
    return switch (metric) {
      case VMAF -> VMAF_SCORE;
      case XPSNR -> XPSNR_SCORE;
    };
  }

  private ProgramEnd run(List<String> arguments, boolean heavy, int answerBytes)
      throws InterruptedException {
    return run(arguments, heavy, answerBytes, LIMIT);
  }

  private ProgramEnd run(List<String> arguments, boolean heavy, int answerBytes, Duration limit)
      throws InterruptedException {
    ProgramEnd end;
    try {
      end =
          programs.run(
              new ProgramCall(arguments, folder, Map.of(), limit, answerBytes, heavy), everySecond);
    } catch (ProgramNotStarted e) {
      throw Faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    }
    if (end.timedOut()) {
      throw Faults.of(
          evidence(
              EvidenceKind.TIME_LIMIT, "verification took longer than " + limit, arguments, end));
    }
    if (!end.succeeded()) {
      throw Faults.of(
          evidence(
              EvidenceKind.PROCESS_EXIT, "a program of the verification failed", arguments, end));
    }
    return end;
  }

  private static Evidence evidence(
      EvidenceKind kind, String message, List<String> command, ProgramEnd end) {
    return new Evidence(
        kind, message, end.exitCode(), end.signal(), command, end.stderr(), Map.of());
  }
}
