package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.PlainNumber;
import dev.reencodarr.workflows.replace.Verdict;
import java.util.Locale;

/** A result was checked as a whole, and is not as good as was promised. */
final class BelowTarget extends RuntimeException {

  private final double score;

  /**
   * @param crf that it was encoded with
   */
  BelowTarget(Verdict.BelowTarget verdict, double crf) {
    super(
        String.format(
            Locale.ROOT,
            "the result with CRF %s scores %.2f, at least %.2f is needed",
            PlainNumber.text(crf),
            verdict.score(),
            verdict.needed()));
    this.score = verdict.score();
  }

  double score() {
    return score;
  }

  String words() {
    return String.valueOf(getMessage());
  }
}
