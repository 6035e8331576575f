package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.plan.Scoring;

/**
 * What of a result is scored, how, and what may be missing.
 *
 * @param segments how many; 0 for all of the film
 * @param seconds of each
 * @param scoring on whose scale: the search's
 * @param pool what of the segments' scores counts
 * @param isPromise whether the result has to reach the target, and not only to be no other film
 */
record ScoreRule(int segments, double seconds, Scoring scoring, ScorePool pool, boolean isPromise) {

  private static final int FEW = 3;
  private static final int MANY = 10;
  private static final double SHORT_SECONDS = 4;
  private static final double LONG_SECONDS = 10;

  /** Of a film one segment for each so many seconds. */
  private static final double EVERY_SECONDS = 120;

  /** That a result is no other film is seen by every fifth of its frames. */
  private static final int ROUGHLY = 5;

  /**
   * The rule of the settings.
   *
   * @param durationSeconds of the source
   */
  static ScoreRule of(QualitySettings quality, double durationSeconds) {
    Scoring scoring = quality.scoring();
    return switch (quality.check()) {
      case OFF ->
          new ScoreRule(
              FEW,
              SHORT_SECONDS,
              new Scoring(
                  scoring.metric(),
                  scoring.scale(),
                  Math.max(ROUGHLY, scoring.subsample()),
                  scoring.xpsnrPixelFormat()),
              ScorePool.mean(),
              false);
      case SEGMENTS ->
          new ScoreRule(
              Math.clamp(Math.round(durationSeconds / EVERY_SECONDS), FEW, MANY),
              LONG_SECONDS,
              scoring,
              quality.pool(),
              true);
      case WHOLE -> new ScoreRule(0, 0, scoring, ScorePool.mean(), true);
    };
  }

  boolean isWhole() {
    return segments == 0;
  }

  /**
   * Of the mean, below what was searched for: the search has measured other segments. Where the
   * promise is checked, only what must be another film is refused: the rest is encoded once more.
   */
  double toleranceOfMean() {
    return isPromise ? toleranceOfOne() : usualToleranceOfMean();
  }

  private double usualToleranceOfMean() {
    return switch (scoring.metric()) {
      case VMAF -> 3;
      case XPSNR -> 1.5;
    };
  }

  /**
   * Of any one segment: scenes differ by some points in an honest film, but the others must not
   * make up for one that is broken.
   */
  double toleranceOfOne() {
    return switch (scoring.metric()) {
      case VMAF -> 10;
      case XPSNR -> 5;
    };
  }

  /** What a result that is checked may lack of its target. */
  double toleranceOfPromise() {
    return switch (scoring.metric()) {
      case VMAF -> 0.5;
      case XPSNR -> 0.25;
    };
  }
}
