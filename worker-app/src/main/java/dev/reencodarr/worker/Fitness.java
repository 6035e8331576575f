package dev.reencodarr.worker;

import dev.reencodarr.activities.process.FfmpegTrial;
import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.plan.Decoding;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What makes this machine unfit for a queue; each check really tries the thing. */
final class Fitness {

  private static final Duration A_MOMENT = Duration.ofSeconds(60);
  private static final int ANSWER_LIMIT = 1 << 20;

  /** "[AVFilterGraph @ 0x55d7…] ", another one each time. */
  private static final Pattern SPEAKER = Pattern.compile("^(\\[[^\\]]* @ 0x[0-9a-f]+\\]\\s*)+");

  /** The same name each time: one that a killed worker has left is written over. */
  private static final String TRIAL = "writable-trial";

  private static final String FILM = "decoder-trial.mkv";

  private final InstalledTools installed;
  private final Machine machine;
  private final ProgramRunner runner;
  private final long freeSpaceReserve;

  /**
   * @param freeSpaceReserve bytes that must be free in the work folder
   */
  Fitness(InstalledTools installed, Machine machine, ProgramRunner runner, long freeSpaceReserve) {
    this.installed = installed;
    this.machine = machine;
    this.runner = runner;
    this.freeSpaceReserve = freeSpaceReserve;
  }

  /** Nothing can be written into the work folder. */
  Optional<String> writingComplaint() {
    try {
      Path written = Files.write(machine.workFolder().resolve(TRIAL), new byte[] {1});
      Files.delete(written);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(machine.workFolder() + " cannot be written to: " + e);
    }
  }

  /** Too little space in the work folder; unknown counts as too little. */
  Optional<String> spaceComplaint() {
    try {
      long free = Files.getFileStore(machine.workFolder()).getUsableSpace();
      return free >= freeSpaceReserve
          ? Optional.empty()
          : Optional.of(
              "%.1f GiB free in %s, %.1f GiB are kept free"
                  .formatted(gib(free), machine.workFolder(), gib(freeSpaceReserve)));
    } catch (IOException e) {
      return Optional.of(
          "free space of " + machine.workFolder() + " is unknown: " + e.getMessage());
    }
  }

  /**
   * What is wrong with the tools, each in a line for people; empty where nothing is.
   *
   * @param vmaf of ffmpeg: its scoring
   * @param encoder of ffmpeg: its encoder
   */
  record Proof(
      Optional<String> abAv1,
      Optional<String> ffmpeg,
      Optional<String> ffprobe,
      Optional<String> vmaf,
      Optional<String> encoder) {

    /** What keeps this machine from probes and encodes with SVT-AV1. */
    Optional<String> againstEncodes() {
      return againstAnyEncode().or(() -> encoder);
    }

    /** What keeps it from those with any encoder. */
    Optional<String> againstAnyEncode() {
      return abAv1.or(() -> ffmpeg).or(() -> ffprobe).or(() -> vmaf);
    }

    /** What keeps it from looking into files. */
    Optional<String> againstAnalysis() {
      return ffprobe;
    }

    /** What keeps it from decoding them. */
    Optional<String> againstDecoding() {
      return ffprobe.or(() -> ffmpeg);
    }

    /** What keeps it from verifying results. */
    Optional<String> againstVerification() {
      return ffprobe.or(() -> ffmpeg).or(() -> vmaf);
    }

    boolean isGood() {
      return againstEncodes().isEmpty();
    }
  }

  /** Asks every tool, encodes one frame and scores another. */
  Proof prove(Encoder encoder) throws InterruptedException {
    InstalledTools.Complaints tools = installed.ask();
    if (tools.ffmpeg().isPresent()) {
      return new Proof(
          tools.abAv1(), tools.ffmpeg(), tools.ffprobe(), Optional.empty(), Optional.empty());
    }
    Path ffmpeg = installed.tools().ffmpeg();
    return new Proof(
        tools.abAv1(),
        tools.ffmpeg(),
        tools.ffprobe(),
        complaintOf(FfmpegTrial.vmaf(ffmpeg), "ffmpeg has no working libvmaf"),
        complaintOf(
            FfmpegTrial.encoder(ffmpeg, encoder.ffmpegName()),
            encoder.ffmpegName() + " does not encode"));
  }

  /** What is wrong with an encoder; empty where it encodes. */
  Optional<String> complaintOf(Encoder encoder) throws InterruptedException {
    return complaintOf(
        FfmpegTrial.encoder(installed.tools().ffmpeg(), encoder.ffmpegName()),
        encoder.ffmpegName() + " does not encode");
  }

  /** By which of these devices this machine decodes. */
  List<Decoding> decodersOf(List<Decoding> allowed) throws InterruptedException {
    Path ffmpeg = installed.tools().ffmpeg();
    Path film = machine.workFolder().resolve(FILM);
    if (allowed.isEmpty()
        || complaintOf(FfmpegTrial.film(ffmpeg, "libx264", film), FILM).isPresent()) {
      return List.of();
    }
    List<Decoding> working = new ArrayList<>();
    for (Decoding decoding : allowed) {
      if (complaintOf(FfmpegTrial.decoder(ffmpeg, decoding, film), decoding.word()).isEmpty()) {
        working.add(decoding);
      }
    }
    return List.copyOf(working);
  }

  /** Whether every program is there; a look that costs nothing. */
  boolean areToolsThere() {
    return installed.areAllThere();
  }

  private Optional<String> complaintOf(List<String> command, String complaint)
      throws InterruptedException {
    ProgramCall call =
        new ProgramCall(
            command, machine.workFolder(), FfmpegTrial.ENVIRONMENT, A_MOMENT, ANSWER_LIMIT, false);
    try {
      ProgramEnd end = runner.run(call, () -> {});
      return end.succeeded() ? Optional.empty() : Optional.of(complaint + ": " + reason(end));
    } catch (ProgramNotStarted e) {
      return Optional.of(complaint + ": " + e.getMessage());
    } catch (ApplicationFailure e) {
      // Such as one that a driver keeps from dying; the next trial tells whether it is over.
      return Optional.of(complaint + ": " + e.getOriginalMessage());
    } catch (RuntimeException e) {
      return Optional.of(complaint + ": " + e);
    }
  }

  private static String reason(ProgramEnd end) {
    return end.stderr()
        .lines()
        .findFirst()
        .map(line -> SPEAKER.matcher(line).replaceFirst(""))
        .orElse("no reason");
  }

  private static double gib(long bytes) {
    return bytes / (double) (1L << 30);
  }
}
