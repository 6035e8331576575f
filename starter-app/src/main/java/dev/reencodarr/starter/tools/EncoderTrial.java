package dev.reencodarr.starter.tools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Which AV1 encoders work on this machine: a name in a list proves nothing, a frame does. */
public final class EncoderTrial {

  private static final Map<String, List<String>> ENCODERS = encoders();

  private final Path ffmpeg;

  public EncoderTrial(Path ffmpeg) {
    this.ffmpeg = ffmpeg;
  }

  private static Map<String, List<String>> encoders() {
    Map<String, List<String>> encoders = new LinkedHashMap<>();
    encoders.put("libsvtav1", List.of("-c:v", "libsvtav1", "-preset", "12"));
    encoders.put("av1_nvenc", List.of("-c:v", "av1_nvenc"));
    encoders.put("av1_qsv", List.of("-c:v", "av1_qsv"));
    encoders.put(
        "av1_vaapi",
        List.of(
            "-vaapi_device",
            "/dev/dri/renderD128",
            "-vf",
            "format=nv12,hwupload",
            "-c:v",
            "av1_vaapi"));
    return encoders;
  }

  /** The names of those through which a frame went. */
  public List<String> working() throws InterruptedException {
    List<String> working = new java.util.ArrayList<>();
    for (Map.Entry<String, List<String>> encoder : ENCODERS.entrySet()) {
      if (works(encoder.getValue())) {
        working.add(encoder.getKey());
      }
    }
    return List.copyOf(working);
  }

  private boolean works(List<String> arguments) throws InterruptedException {
    try {
      return FitnessCheck.encodesOneFrame(ffmpeg, arguments);
    } catch (IOException | TimeoutException e) {
      // A driver that hangs or a program that does not start is an encoder that does not work.
      return false;
    }
  }
}
