package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.replace.Verdict;
import java.util.Locale;
import java.util.Optional;

/** Compares durations: within 2 frames or 0.5 %. */
final class PlayingTime {

  private static final double RELATIVE = 0.005;

  private final Judged judged;
  private final FrameTally source;

  /**
   * @param source packets of the source's main video
   */
  PlayingTime(Judged judged, FrameTally source) {
    this.judged = judged;
    this.source = source;
  }

  /**
   * @throws io.temporal.failure.ApplicationFailure of kind BAD_MEDIA if the source is shorter than
   *     it says and the result holds all that is there
   */
  Optional<Verdict.Refused> check() {
    double wanted = judged.source().durationSeconds();
    double is = judged.result().durationSeconds();
    if (wanted <= 0 && !judged.variesInRate()) {
      // the source does not say: its number of frames was compared
      return Judged.fine();
    }
    if (wanted > 0 && near(wanted, is)) {
      return Judged.fine();
    }
    refuseShortSource(wanted, is);
    return Judged.refused(
        Verdict.Check.DURATION,
        String.format(Locale.ROOT, "the result lasts %.3f s, its source %.3f s", is, wanted));
  }

  private void refuseShortSource(double wanted, double is) {
    double held = source.frames() * judged.frameSeconds();
    if (!judged.variesInRate() && held < wanted && !near(held, wanted) && near(held, is)) {
      throw BrokenSource.shorterThanItSays(wanted, held);
    }
  }

  private boolean near(double wanted, double is) {
    return Math.abs(wanted - is) <= Math.max(2 * judged.frameSeconds(), RELATIVE * wanted);
  }
}
