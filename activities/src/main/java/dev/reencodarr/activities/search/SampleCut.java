package dev.reencodarr.activities.search;

import dev.reencodarr.workflows.plan.SamplePlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a sample begins and how long it is. The same figures, to the last digit, as ab-av1's own,
 * so that points measured by it are comparable: evenly spaced, from a whole second on where samples
 * last 2 s and more.
 *
 * @param start seconds, as ffmpeg's {@code -ss} takes them
 * @param frames at least 1
 */
record SampleCut(String start, long frames) {

  private static final long WHOLE_SECONDS_FROM = 2_000_000_000L;
  private static final long SECOND = 1_000_000_000L;

  /** The samples of a film in its order; none where it is measured whole. */
  static List<SampleCut> of(SamplePlan plan, FilmLength film) {
    int count = plan.samplesOf(film.seconds());
    long length = Math.max(Math.round(plan.seconds() * SECOND), frameNanos(film));
    long gap = Math.max(0, film.nanos() - length * count) / (count + 1);
    long frames = Math.max(1, Math.round(length / 1e9 * film.frameRate()));
    List<SampleCut> cuts = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      cuts.add(new SampleCut(start(gap * (index + 1) + length * index, length), frames));
    }
    return List.copyOf(cuts);
  }

  private static long frameNanos(FilmLength film) {
    return Math.round(SECOND / film.frameRate());
  }

  /** ab-av1 counts in single precision here, which now and then rounds up to the next second. */
  private static String start(long nanos, long length) {
    long whole = nanos / SECOND;
    float seconds = whole + (nanos % SECOND) / 1e9f;
    return length >= WHOLE_SECONDS_FROM
        ? Integer.toString((int) Math.floor(seconds))
        : new BigDecimal(Float.toString(seconds)).toPlainString();
  }
}
