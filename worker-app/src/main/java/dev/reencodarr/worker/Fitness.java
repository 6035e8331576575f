package dev.reencodarr.worker;

import dev.reencodarr.activities.process.FfmpegTrial;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.ProgramCall;
import dev.reencodarr.activities.process.ProgramEnd;
import dev.reencodarr.activities.process.ProgramNotStarted;
import dev.reencodarr.activities.process.ProgramRunner;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.media.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What makes this machine unfit for a queue; each check really tries the thing. */
final class Fitness {

  private static final Duration A_MOMENT = Duration.ofSeconds(60);
  private static final int ANSWER_LIMIT = 1 << 20;

  private final ToolSet tools;
  private final Machine machine;
  private final ProgramRunner runner;
  private final long freeSpaceReserve;

  /**
   * @param freeSpaceReserve bytes that must be free in the work folder
   */
  Fitness(ToolSet tools, Machine machine, ProgramRunner runner, long freeSpaceReserve) {
    this.tools = tools;
    this.machine = machine;
    this.runner = runner;
    this.freeSpaceReserve = freeSpaceReserve;
  }

  /** Too little space in the work folder; unknown counts as too little. */
  Optional<String> diskComplaint() {
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

  /** A tool is missing, or lacks what probes and encodes need: a one-frame encode is tried. */
  Optional<String> encoderComplaint(Encoder encoder) throws InterruptedException {
    Optional<String> missing = missingTool();
    if (missing.isPresent()) {
      return missing;
    }
    List<String> oneFrame = FfmpegTrial.encoder(tools.ffmpeg(), encoder.ffmpegName());
    Optional<String> encodes = complaintOf(oneFrame, encoder.ffmpegName() + " does not encode");
    if (encodes.isPresent()) {
      return encodes;
    }
    return complaintOf(FfmpegTrial.vmaf(tools.ffmpeg()), "ffmpeg has no working libvmaf");
  }

  /** The first tool that is not there or cannot be executed. */
  Optional<String> missingTool() {
    for (Path tool : List.of(tools.abAv1(), tools.ffmpeg(), tools.ffprobe())) {
      if (!Files.isExecutable(tool)) {
        return Optional.of(tool + " is missing or not executable");
      }
    }
    return Optional.empty();
  }

  private Optional<String> complaintOf(List<String> command, String complaint)
      throws InterruptedException {
    ProgramCall call =
        new ProgramCall(
            command, machine.workFolder(), FfmpegTrial.ENVIRONMENT, A_MOMENT, ANSWER_LIMIT, false);
    try {
      ProgramEnd end = runner.run(call, () -> {});
      return end.succeeded()
          ? Optional.empty()
          : Optional.of(complaint + ": " + end.stderr().lines().findFirst().orElse("no reason"));
    } catch (ProgramNotStarted e) {
      return Optional.of(complaint + ": " + e.getMessage());
    }
  }

  private static double gib(long bytes) {
    return bytes / (double) (1L << 30);
  }
}
