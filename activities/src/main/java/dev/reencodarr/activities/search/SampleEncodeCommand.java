package dev.reencodarr.activities.search;

import dev.reencodarr.activities.encode.AbAv1Arguments;
import dev.reencodarr.activities.process.ToolSet;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.SamplePlan;
import dev.reencodarr.workflows.search.ProbeRequest;
import dev.reencodarr.workflows.search.ProbeSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines of one probe. */
final class SampleEncodeCommand {

  /** Longer than any sample: ab-av1 measures whole what such samples would cover. */
  private static final String ALL_OF_IT = "24h";

  private static final double KEY_FRAMES_FROM_SECONDS = 180;
  private static final double KEY_FRAME_SECONDS = 10;

  private SampleEncodeCommand() {}

  /** Of a film that ab-av1 takes the samples of, or measures whole. */
  static List<String> of(
      ToolSet tools,
      ProbeRequest request,
      Path input,
      Path temp,
      int threads,
      List<Decoding> decoders) {
    List<String> command = new ArrayList<>(common(tools, request, input, temp, threads, decoders));
    command.addAll(planned(request.setting().samples()));
    return List.copyOf(command);
  }

  /**
   * Of one sample of a film, whose encode stays in the folder.
   *
   * @param film what it was cut from, by whose length ab-av1 would have set key frames
   */
  static List<String> ofSample(
      ToolSet tools,
      ProbeRequest request,
      FilmLength film,
      Path sample,
      Path temp,
      int threads,
      List<Decoding> decoders) {
    List<String> command = new ArrayList<>(common(tools, request, sample, temp, threads, decoders));
    command.addAll(List.of("--samples", "1", "--sample-duration", ALL_OF_IT, "--keep"));
    if (!request.setting().encodeArguments().contains("--keyint")) {
      command.addAll(keyFrames(film));
    }
    return List.copyOf(command);
  }

  private static List<String> common(
      ToolSet tools,
      ProbeRequest request,
      Path input,
      Path temp,
      int threads,
      List<Decoding> decoders) {
    ProbeSetting setting = request.setting();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(tools.abAv1().toString(), "sample-encode"));
    command.addAll(List.of("--input", input.toString()));
    command.addAll(List.of("--encoder", setting.encoder().ffmpegName()));
    command.addAll(setting.encoder().arguments(request.crf(), setting.preset()));
    command.addAll(AbAv1Arguments.pixelFormat(setting.encoder(), setting.pixelFormat()));
    command.addAll(AbAv1Arguments.decoding(setting.encoder(), request.decoding(), decoders));
    command.addAll(setting.encodeArguments());
    command.addAll(EncoderThreads.arguments(setting.encoder(), threads));
    command.addAll(setting.scoring().arguments());
    if (setting.scoring().metric() == Metric.VMAF) {
      command.addAll(List.of("--vmaf", "n_threads=" + threads));
    }
    command.addAll(List.of("--cache", "false", "--stdout-format", "json"));
    command.addAll(List.of("--temp-dir", temp.toString()));
    return command;
  }

  /** Nothing for the usual plan, which is ab-av1's own. */
  private static List<String> planned(SamplePlan plan) {
    return plan.equals(SamplePlan.defaults())
        ? List.of()
        : List.of(
            "--sample-every",
            milliseconds(plan.everySeconds()),
            "--min-samples",
            Integer.toString(plan.least()),
            "--sample-duration",
            milliseconds(plan.seconds()));
  }

  private static String milliseconds(double seconds) {
    return Math.round(seconds * 1000) + "ms";
  }

  /** What ab-av1 does by itself for an input of that length; it sees the sample's alone. */
  private static List<String> keyFrames(FilmLength film) {
    return film.seconds() < KEY_FRAMES_FROM_SECONDS
        ? List.of()
        : List.of(
            "--keyint",
            Long.toString(Math.round(film.frameRate() * KEY_FRAME_SECONDS)),
            "--scd",
            "true");
  }
}
