package dev.reencodarr.activities.process;

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
    command.addAll(PICTURE);
    command.addAll(List.of("-frames:v", "1"));
    command.addAll(throughEncoder(encoder));
    return toNowhere(command);
  }

  private static List<String> throughEncoder(String encoder) {
    return switch (encoder) {
      case "libsvtav1" -> List.of("-c:v", encoder, "-preset", "12");
      case "av1_vaapi" ->
          List.of(
              "-vaapi_device",
              "/dev/dri/renderD128",
              "-vf",
              "format=nv12,hwupload",
              "-c:v",
              encoder);
      default -> List.of("-c:v", encoder);
    };
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
