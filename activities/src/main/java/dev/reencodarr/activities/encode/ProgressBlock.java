package dev.reencodarr.activities.encode;

import java.util.Map;
import java.util.function.Function;

/**
 * One block of ffmpeg's machine-readable progress. What ffmpeg calls N/A is 0.
 *
 * @param frame frames that were encoded
 * @param fps frames per second since the beginning
 * @param outTimeSeconds timestamp that the result has come to
 * @param totalSize bytes that were written
 * @param speed seconds of film per second
 * @param dupFrames frames that were made by doubling one
 * @param dropFrames frames that were decoded and left out
 * @param ended whether ffmpeg says that it is done
 */
record ProgressBlock(
    long frame,
    double fps,
    double outTimeSeconds,
    long totalSize,
    double speed,
    long dupFrames,
    long dropFrames,
    boolean ended) {

  static final ProgressBlock NONE = new ProgressBlock(0, 0, 0, 0, 0, 0, 0, false);

  static ProgressBlock of(Map<String, String> values) {
    return new ProgressBlock(
        number(values, "frame", Long::valueOf, 0L),
        number(values, "fps", Double::valueOf, 0.0),
        Math.max(0, number(values, "out_time_us", Long::valueOf, 0L) / 1e6),
        number(values, "total_size", Long::valueOf, 0L),
        number(values, "speed", Double::valueOf, 0.0),
        number(values, "dup_frames", Long::valueOf, 0L),
        number(values, "drop_frames", Long::valueOf, 0L),
        "end".equals(values.get("progress")));
  }

  private static <N> N number(
      Map<String, String> values, String name, Function<String, N> parser, N unknown) {
    String text = values.getOrDefault(name, "").strip();
    if (text.endsWith("x")) {
      text = text.substring(0, text.length() - 1).strip();
    }
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      return unknown;
    }
  }

  /** Frames of the main video stream that were decoded. */
  long decodedFrames() {
    return Math.max(0, frame - dupFrames + dropFrames);
  }
}
