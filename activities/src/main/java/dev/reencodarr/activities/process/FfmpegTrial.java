package dev.reencodarr.activities.process;

import dev.reencodarr.workflows.plan.Decoding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an ffmpeg is tried with: a name in its lists proves nothing, a frame does. It can do the
 * thing when it ends with exit code 0.
 */
public final class FfmpegTrial {

  /** Keeps SVT-AV1 from saying more than its errors. */
  public static final Map<String, String> ENVIRONMENT = Map.of("SVT_LOG", "1");

  private static final List<String> PICTURE =
      List.of("-f", "lavfi", "-i", "color=size=256x256:rate=25");

  private FfmpegTrial() {}

  /**
   * A command line that sends one frame through an encoder.
   *
   * @param encoder ffmpeg's name of it
   */
  public static List<String> encoder(Path ffmpeg, String encoder) {
    List<String> command = quiet(ffmpeg);
    if (encoder.equals("av1_vaapi")) {
      command.addAll(List.of("-init_hw_device", "vaapi=trial", "-filter_hw_device", "trial"));
    }
    command.addAll(PICTURE);
    command.addAll(List.of("-frames:v", "1"));
    command.addAll(throughEncoder(encoder));
    return toNowhere(command);
  }

  private static List<String> throughEncoder(String encoder) {
    return switch (encoder) {
      case "libsvtav1" -> List.of("-c:v", encoder, "-preset", "12");
      case "av1_vaapi" -> List.of("-vf", "format=nv12,hwupload", "-c:v", encoder);
      // As results are to be: of 10 bits.
      default -> List.of("-pix_fmt", "yuv420p10le", "-c:v", encoder);
    };
  }

  /**
   * A command line that makes a film of a few frames for {@link #decoder}.
   *
   * @param encoder ffmpeg's name of one that works everywhere
   */
  public static List<String> film(Path ffmpeg, String encoder, Path to) {
    List<String> command = quiet(ffmpeg);
    command.add("-y");
    command.addAll(PICTURE);
    command.addAll(List.of("-frames:v", "5", "-pix_fmt", "yuv420p", "-c:v", encoder));
    command.add(to.toString());
    return List.copyOf(command);
  }

  /**
   * A command line that decodes such a film by a device. The pictures are asked for as they lie on
   * it: what the CPU has decoded instead is none of those.
   */
  public static List<String> decoder(Path ffmpeg, Decoding by, Path film) {
    List<String> command = quiet(ffmpeg);
    command.addAll(List.of("-hwaccel", by.word(), "-hwaccel_output_format", by.word()));
    command.addAll(List.of("-i", film.toString(), "-vf", "hwdownload,format=nv12"));
    return toNowhere(command);
  }

  /** A command line that scores one frame with libvmaf. */
  public static List<String> vmaf(Path ffmpeg) {
    List<String> command = quiet(ffmpeg);
    command.addAll(PICTURE);
    command.addAll(PICTURE);
    command.addAll(List.of("-frames:v", "1", "-lavfi", "libvmaf"));
    return toNowhere(command);
  }

  private static List<String> quiet(Path ffmpeg) {
    return new ArrayList<>(
        List.of(ffmpeg.toString(), "-hide_banner", "-nostdin", "-loglevel", "error"));
  }

  private static List<String> toNowhere(List<String> command) {
    command.addAll(List.of("-f", "null", "-"));
    return List.copyOf(command);
  }
}
