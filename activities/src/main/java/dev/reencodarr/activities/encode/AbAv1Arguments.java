package dev.reencodarr.activities.encode;

import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.Decoding;
import dev.reencodarr.workflows.plan.EncoderThreads;
import dev.reencodarr.workflows.plan.SourceDecoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The one builder of the arguments of {@code ab-av1 encode}. The program runs in its job folder and
 * is given short names there only: ab-av1 appends to names, and a film's may be 255 bytes long.
 */
public final class AbAv1Arguments {

  /** Where ffmpeg writes its progress, in the job folder. */
  static final String PROGRESS = "progress";

  private static final Pattern PLAIN_EXTENSION = Pattern.compile("[a-z0-9]{1,8}");

  private AbAv1Arguments() {}

  /** The name by which the source is known in the job folder. */
  static String input(EncodeRequest request) {
    return named("src", request.source());
  }

  /** The name of the result in the job folder; its extension decides the container. */
  static String output(EncodeRequest request) {
    return named("result", request.plan().targetPath());
  }

  private static String named(String stem, MediaPath path) {
    String extension = path.extension();
    return PLAIN_EXTENSION.matcher(extension).matches() ? stem + "." + extension : stem;
  }

  /**
   * The command line: the program and its arguments.
   *
   * @param threads that the encoder may use, at least 1
   * @param decoders that the machine has proved
   */
  static List<String> of(Path abAv1, EncodeRequest request, int threads, List<Decoding> decoders) {
    List<String> command = new ArrayList<>();
    command.add(abAv1.toString());
    command.add("encode");
    command.addAll(List.of("--input", input(request)));
    command.addAll(List.of("--output", output(request)));
    command.addAll(picture(request));
    command.addAll(decoding(request.plan().encoder(), request.decoding(), decoders));
    command.addAll(EncoderThreads.arguments(request.plan().encoder(), threads));
    // A truncated source passes without --verify, a damaged one without --fail-fast.
    command.addAll(List.of("--verify", "--fail-fast"));
    command.addAll(List.of("--enc", "progress=" + PROGRESS, "--enc", "stats_period=1"));
    command.addAll(request.plan().streamArguments());
    return List.copyOf(command);
  }

  /** By VAAPI pictures stay on the device as they are. */
  public static List<String> pixelFormat(Encoder encoder, String format) {
    return encoder == Encoder.AV1_VAAPI ? List.of() : List.of("--pix-format", format);
  }

  /** ab-av1 has VAAPI's encoder decode by VAAPI too; there is nothing to choose. */
  public static List<String> decoding(
      Encoder encoder, SourceDecoding decoding, List<Decoding> decoders) {
    return encoder == Encoder.AV1_VAAPI ? List.of() : decoding.arguments(decoders);
  }

  /** The arguments that decide what the result looks like; with the streams, what a job is. */
  static List<String> picture(EncodeRequest request) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--encoder", request.plan().encoder().ffmpegName()));
    arguments.addAll(request.plan().encoder().arguments(request.crf(), request.preset()));
    arguments.addAll(pixelFormat(request.plan().encoder(), request.plan().pixelFormat()));
    arguments.addAll(request.plan().filters().encodeArguments());
    arguments.addAll(request.plan().encodeArguments());
    return arguments;
  }

  /** What ffmpeg has to do before ab-av1, in the folder of the encode. */
  static List<String> preparation(Path ffmpeg, String input, EncodeRequest request) {
    List<String> line = new ArrayList<>();
    line.add(ffmpeg.toString());
    line.addAll(List.of("-nostdin", "-y", "-v", "error", "-i", input));
    line.addAll(request.plan().prepareArguments());
    return List.copyOf(line);
  }
}
