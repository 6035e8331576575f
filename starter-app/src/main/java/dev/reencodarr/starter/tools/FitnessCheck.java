package dev.reencodarr.starter.tools;

import dev.reencodarr.activities.process.FfmpegTrial;
import dev.reencodarr.starter.process.Program;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a program to see whether it can do the work: its version, its encoders, its filters. */
public final class FitnessCheck {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Pattern AB_AV1_VERSION = Pattern.compile("ab-av1 (\\d+)\\.(\\d+)\\.(\\d+)");
  private static final Pattern FFMPEG_VERSION =
      Pattern.compile("version n?(?:(\\d+)\\.(\\d+)\\S*|N-\\S+|\\d{4}-\\d\\d-\\d\\d\\S*)");
  private static final Pattern TEMPORAL_VERSION =
      Pattern.compile("version (\\d+)\\.(\\d+)\\.(\\d+)");
  private static final int OLDEST_FFMPEG = 7;

  /** Runs it. */
  public Fitness check(Tool tool, Path program) throws InterruptedException {
    try {
      return switch (tool) {
        case AB_AV1 -> atLeast(program, "--version", AB_AV1_VERSION, 0, 11, 5);
        case TEMPORAL -> atLeast(program, "--version", TEMPORAL_VERSION, 1, 9, 1);
        case FFPROBE -> ffmpegVersion(program);
        case FFMPEG -> ffmpeg(program);
      };
    } catch (IOException e) {
      return new Fitness.Unfit("it cannot be started: " + e.getMessage());
    } catch (TimeoutException e) {
      return new Fitness.Unfit("it does not answer: " + e.getMessage());
    }
  }

  private static Fitness atLeast(
      Path program, String option, Pattern pattern, int major, int minor, int patch)
      throws IOException, InterruptedException, TimeoutException {
    Program.End end = run(program, option);
    Matcher matcher = pattern.matcher(end.output());
    if (!end.succeeded() || !matcher.find()) {
      return new Fitness.Unfit("it does not say its version: " + firstLine(end));
    }
    int[] found = new int[3];
    for (int part = 0; part < found.length; part++) {
      found[part] = Integer.parseInt(matcher.group(part + 1));
    }
    String version = found[0] + "." + found[1] + "." + found[2];
    return java.util.Arrays.compare(found, new int[] {major, minor, patch}) >= 0
        ? new Fitness.Fit(version)
        : new Fitness.Unfit(
            "version " + version + " is older than " + major + "." + minor + "." + patch);
  }

  private static Fitness ffmpegVersion(Path program)
      throws IOException, InterruptedException, TimeoutException {
    Program.End end = run(program, "-hide_banner", "-version");
    Matcher matcher = FFMPEG_VERSION.matcher(end.output());
    if (!end.succeeded() || !matcher.find()) {
      return new Fitness.Unfit("it does not say its version: " + firstLine(end));
    }
    String major = matcher.group(1);
    if (major != null && Integer.parseInt(major) < OLDEST_FFMPEG) {
      return new Fitness.Unfit("version " + major + " is older than " + OLDEST_FFMPEG);
    }
    return new Fitness.Fit(matcher.group().substring("version ".length()));
  }

  private static Fitness ffmpeg(Path program)
      throws IOException, InterruptedException, TimeoutException {
    Fitness version = ffmpegVersion(program);
    if (version instanceof Fitness.Unfit) {
      return version;
    }
    if (!passes(FfmpegTrial.encoder(program, "libsvtav1"))) {
      return new Fitness.Unfit("it cannot encode with libsvtav1");
    }
    if (!passes(FfmpegTrial.vmaf(program))) {
      return new Fitness.Unfit("it has no libvmaf");
    }
    if (!run(program, "-hide_banner", "-encoders").output().contains(" libopus ")) {
      return new Fitness.Unfit("it has no libopus");
    }
    return version;
  }

  /** Whether a trial of an ffmpeg succeeds. */
  static boolean passes(List<String> trial)
      throws IOException, InterruptedException, TimeoutException {
    return new Program(trial, FfmpegTrial.ENVIRONMENT).run(LIMIT, line -> {}).succeeded();
  }

  private static Program.End run(Path program, String... arguments)
      throws IOException, InterruptedException, TimeoutException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new Program(List.copyOf(command), Map.of()).run(LIMIT, line -> {});
  }

  private static String firstLine(Program.End end) {
    return end.lines().isEmpty() ? "exit code " + end.exitCode() : end.lines().getFirst();
  }
}
