package dev.reencodarr.activities.broken;

import dev.reencodarr.activities.process.ProgramEnd;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ffmpeg came to in reading through a film.
 *
 * @param frames of the film that were decoded, or copied
 * @param seconds from the beginning of the film to its last frame or sound
 * @param complaints of ffmpeg; empty if there were none
 */
record ReadThrough(long frames, double seconds, String complaints) {

  private static final String THE_END = "progress=end";
  private static final Pattern FRAMES = Pattern.compile("(?m)^frame=\\s*(\\d{1,18})$");
  private static final Pattern MICROSECONDS = Pattern.compile("(?m)^out_time_us=(\\d{1,18})$");
  private static final double MICROS = 1e6;

  /** By the last report of progress that ffmpeg has printed; empty where it is not there. */
  static Optional<ReadThrough> of(ProgramEnd end) {
    return end.stdout().strip().endsWith(THE_END)
        ? Optional.of(
            new ReadThrough(
                last(FRAMES, end.stdout()),
                last(MICROSECONDS, end.stdout()) / MICROS,
                end.stderr().strip()))
        : Optional.empty();
  }

  private static long last(Pattern number, String text) {
    Matcher matcher = number.matcher(text);
    long last = 0;
    while (matcher.find()) {
      last = Long.parseLong(matcher.group(1));
    }
    return last;
  }
}
