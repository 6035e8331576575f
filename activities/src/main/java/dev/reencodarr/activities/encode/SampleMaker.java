package dev.reencodarr.activities.encode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.reencodarr.activities.failure.AttemptLogs;
import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramListener;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.temporal.Heartbeats;
import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.video.MadeSample;
import dev.reencodarr.workflows.video.SampleActivities;
import dev.reencodarr.workflows.video.SampleRequest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Makes samples for people to look at: a piece of a film as it is, cut from a keyframe on by
 * copying its streams, and that piece encoded with the arguments of the whole. So both begin with
 * the same picture.
 */
public final class SampleMaker implements SampleActivities {

  private static final Duration LIMIT = Duration.ofHours(12);
  private static final int STDOUT_LIMIT = 256 * 1024;

  /** So many packets hold a keyframe, where the seek did not come down on one. */
  private static final int PACKETS = 1000;

  /**
   * So many seconds ffmpeg seeks before the time it is given, for films with B-frames, and some.
   */
  private static final double PAST = 0.135;

  /** Where a seek lands anywhere: such films are read from their beginning. */
  private static final Pattern WITHOUT_INDEX = Pattern.compile("mpegts|mpeg");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProgramRunner programs;
  private final AttemptLogs logs;
  private final InstalledTools installed;
  private final Machine machine;
  private final DeviceBudgets budgets;
  private final EncodeFaults faults;
  private final Supplier<Consumer<EncodeProgress>> heartbeats;

  public SampleMaker(
      ProgramRunner programs,
      AttemptLogs logs,
      InstalledTools installed,
      Machine machine,
      DeviceBudgets budgets) {
    this(programs, logs, installed, machine, budgets, () -> Heartbeats.ofThisActivity()::beat);
  }

  SampleMaker(
      ProgramRunner programs,
      AttemptLogs logs,
      InstalledTools installed,
      Machine machine,
      DeviceBudgets budgets,
      Supplier<Consumer<EncodeProgress>> heartbeats) {
    this.programs = programs;
    this.logs = logs;
    this.installed = installed;
    this.machine = machine;
    this.budgets = budgets;
    this.faults = new EncodeFaults(machine, installed);
    this.heartbeats = heartbeats;
  }

  /**
   * A piece of a film.
   *
   * @param start time of a keyframe
   */
  private record Piece(double start, double seconds) {

    private static String text(double value) {
      return String.format(Locale.ROOT, "%.6f", value);
    }
  }

  @Override
  public MadeSample make(SampleRequest request) {
    Path source = Path.of(request.whole().source().value());
    return logs.during("sample", source, log -> make(request, log));
  }

  private MadeSample make(SampleRequest request, ProgramListener log) {
    Consumer<EncodeProgress> beats = heartbeats.get();
    Runnable queued = () -> beat(beats, EncodeProgress.Phase.QUEUED);
    Runnable encoding = () -> beat(beats, EncodeProgress.Phase.ENCODING);
    CoreBudget budget = budgets.of(request.whole().plan().encoder());
    try (CoreBudget.Lease lease = budget.take(queued)) {
      ViewingFolder folder =
          ViewingFolders.in(machine.workFolder())
              .created(request.whole().video(), request.whole().source());
      try {
        Programs run = new Programs(programs.heardBy(log), folder.path(), encoding);
        MadeSample made = make(request, folder, run, lease.threads());
        folder.removeLink();
        return made;
      } catch (IOException | RuntimeException failure) {
        folder.remove();
        throw failure;
      }
    } catch (ProgramNotStarted e) {
      throw faults.of(EvidenceKind.TOOL_UNFIT, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw faults.ofFile(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw faults.of(EvidenceKind.WORKER_RESTARTED, "the worker stopped during the sample");
    }
  }

  private void beat(Consumer<EncodeProgress> beats, EncodeProgress.Phase phase) {
    beats.accept(new EncodeProgress(phase, machine.host(), -1, 0, -1, 0));
  }

  private MadeSample make(SampleRequest request, ViewingFolder folder, Programs run, int threads)
      throws IOException, InterruptedException {
    EncodeRequest whole = request.whole();
    Piece piece = piece(request, folder, run);
    Path cut = folder.path().resolve("source." + whole.source().extension());
    List<String> streams = whole.plan().streamArguments();
    boolean isWhole =
        run.ends(cutCommand(whole, folder, piece, List.of("-map", "0", "-copy_unknown"), cut))
            && hasItsStreams(whole, cut, run);
    if (!isWhole) {
      // A container may not take all that it is said to hold; film and sound are what is compared.
      Files.deleteIfExists(cut);
      cut = folder.path().resolve("source.mkv");
      run.require(
          cutCommand(whole, folder, piece, List.of("-map", "0:V:0", "-map", "0:a?"), cut), faults);
      streams = List.of();
    } else if (!whole.plan().prepareArguments().isEmpty()) {
      run.require(
          AbAv1Arguments.preparation(installed.tools().ffmpeg(), cut.toString(), whole), faults);
    }
    Path sample = folder.path().resolve("sample." + whole.plan().targetPath().extension());
    run.require(encodeCommand(whole, cut, sample, streams, threads), faults);
    return new Placing(request, folder)
        .placed(machine.host(), cut, sample, piece.start(), piece.seconds());
  }

  /** Whether the arguments of the whole mean the same streams of the piece. */
  private boolean hasItsStreams(EncodeRequest whole, Path cut, Programs run)
      throws IOException, InterruptedException {
    JsonNode streams =
        run.asked(ffprobe(cut, "stream=index,codec_type", List.of()), faults).path("streams");
    int film = whole.facts().mainVideo().orElseThrow().index();
    return streams.size() == whole.facts().streams().size()
        && streams.path(film).path("codec_type").asText("").equals("video");
  }

  private List<String> cutCommand(
      EncodeRequest whole, ViewingFolder folder, Piece piece, List<String> streams, Path cut) {
    List<String> from =
        piece.start() > 0 ? List.of("-ss", Piece.text(piece.start() + PAST)) : List.of();
    boolean seeks = !WITHOUT_INDEX.matcher(whole.facts().formatName()).matches();
    List<String> command = new ArrayList<>();
    command.add(installed.tools().ffmpeg().toString());
    command.addAll(List.of("-nostdin", "-v", "error", "-y"));
    if (seeks) {
      command.addAll(from);
    }
    command.addAll(List.of("-i", folder.link().toString()));
    if (!seeks && piece.start() > 0) {
      command.addAll(List.of("-ss", Piece.text(Math.max(0, piece.start() - PAST))));
    }
    command.addAll(List.of("-t", Piece.text(piece.seconds())));
    command.addAll(streams);
    command.addAll(List.of("-c", "copy", cut.toString()));
    return List.copyOf(command);
  }

  private List<String> encodeCommand(
      EncodeRequest whole, Path cut, Path sample, List<String> streams, int threads) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(installed.tools().abAv1().toString(), "encode"));
    command.addAll(List.of("--input", cut.getFileName().toString()));
    command.addAll(List.of("--output", sample.getFileName().toString()));
    command.addAll(AbAv1Arguments.picture(whole));
    command.addAll(EncoderThreads.arguments(whole.plan().encoder(), threads));
    command.addAll(streams);
    return List.copyOf(command);
  }

  /** From the last keyframe before the wanted time. */
  private Piece piece(SampleRequest request, ViewingFolder folder, Programs run)
      throws IOException, InterruptedException {
    double duration = request.whole().facts().durationSeconds();
    double seconds = request.seconds();
    double latest = Math.max(0, duration - seconds);
    double wanted = Math.min(request.at().orElse(latest / 2), latest);
    double begin = wanted > 0 ? keyframeBefore(wanted, request, folder, run) : 0;
    double left = duration > 0 ? Math.max(0, duration - begin) : seconds;
    return new Piece(begin, Math.min(seconds, left));
  }

  private double keyframeBefore(
      double wanted, SampleRequest request, ViewingFolder folder, Programs run)
      throws IOException, InterruptedException {
    String track = Integer.toString(request.whole().facts().mainVideo().orElseThrow().index());
    double zero =
        run.asked(ffprobe(folder.link(), "format=start_time", List.of()), faults)
            .path("format")
            .path("start_time")
            .asDouble(0);
    JsonNode packets =
        run.asked(
                ffprobe(
                    folder.link(),
                    "packet=pts_time,dts_time,flags",
                    List.of(
                        "-select_streams",
                        track,
                        "-read_intervals",
                        Piece.text(wanted + zero) + "%+#" + PACKETS)),
                faults)
            .path("packets");
    for (JsonNode packet : packets) {
      String time = packet.path("pts_time").asText(packet.path("dts_time").asText(""));
      if (packet.path("flags").asText("").contains("K") && !time.isEmpty()) {
        return Math.max(0, Double.parseDouble(time) - zero);
      }
    }
    return 0;
  }

  private List<String> ffprobe(Path film, String entries, List<String> which) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(installed.tools().ffprobe().toString(), "-v", "error"));
    command.addAll(which);
    command.addAll(List.of("-show_entries", entries, "-of", "json", film.toString()));
    return List.copyOf(command);
  }

  /** The programs of one sample. */
  private record Programs(ProgramRunner runner, Path folder, Runnable everySecond) {

    private ProgramEnd run(List<String> command) throws ProgramNotStarted, InterruptedException {
      return runner.run(
          new ProgramCall(command, folder, Map.of(), LIMIT, STDOUT_LIMIT, true), everySecond);
    }

    boolean ends(List<String> command) throws ProgramNotStarted, InterruptedException {
      return run(command).succeeded();
    }

    void require(List<String> command, EncodeFaults faults)
        throws ProgramNotStarted, InterruptedException {
      var _ = said(command, faults);
    }

    private String said(List<String> command, EncodeFaults faults)
        throws ProgramNotStarted, InterruptedException {
      ProgramEnd end = run(command);
      if (!end.succeeded()) {
        throw faults.ofStep(command, end);
      }
      return end.stdout();
    }

    JsonNode asked(List<String> command, EncodeFaults faults)
        throws ProgramNotStarted, InterruptedException, IOException {
      return JSON.readTree(said(command, faults));
    }
  }

  /** Where both come to lie; nothing that is there is written over. */
  private record Placing(SampleRequest request, ViewingFolder folder) {

    MadeSample placed(String host, Path cut, Path sample, double start, double seconds)
        throws IOException {
      Path sampleAt = sample;
      Path cutAt = cut;
      if (request.output().isPresent()) {
        sampleAt = Path.of(request.output().get().value());
        cutAt = besides(sampleAt, cut);
        placeNew(cut, cutAt);
        try {
          placeNew(sample, sampleAt);
        } catch (IOException e) {
          Files.deleteIfExists(cutAt);
          throw e;
        }
        folder.remove();
      }
      return new MadeSample(
          host,
          new MediaPath(cutAt.toString()),
          Files.size(cutAt),
          new MediaPath(sampleAt.toString()),
          Files.size(sampleAt),
          start,
          seconds);
    }

    /** {@code film.mkv} has {@code film.source.mp4} beside it. */
    private static Path besides(Path sample, Path cut) {
      String name = sample.getFileName().toString();
      String of = cut.getFileName().toString();
      int dot = name.lastIndexOf('.');
      return sample.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "." + of);
    }

    private static void placeNew(Path from, Path to) throws IOException {
      try {
        Files.copy(from, to);
      } catch (FileAlreadyExistsException e) {
        throw e;
      } catch (IOException e) {
        Files.deleteIfExists(to);
        throw e;
      }
    }
  }
}
