package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.plan.ScorePool;
import dev.reencodarr.workflows.plan.Scoring;

/**
 * What of a result is scored, how, and what may be missing.
 *
 * @param segments how many; 0 for all of the film
 * @param seconds of each, or of a window where all of the film is scored and the promise checked
 * @param scoring on whose scale: the search's
 * @param pool what of the scores of segments or windows counts
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
      case WHOLE -> new ScoreRule(0, quality.samples().seconds(), scoring, quality.pool(), true);
    };
  }

  boolean isWhole() {
    return segments == 0;
  }

  /**
   * The least mean that is no sign of something broken: below it the result is refused. The search
   * has measured other segments. Where the promise is checked, only what must be another film is
   * refused: the rest is encoded once more.
   */
  double leastMean(double target) {
    return target - (isPromise ? farBelow() : wellBelow());
  }

  /**
   * The same of any one segment or window: the others must not make up for one that is broken.
   *
   * @param mean of all; where the whole film falls short of the promise, its scenes do so too
   */
  double leastOfOne(double target, double mean) {
    return isPromise ? Math.min(target, mean) - broken() : target - farBelow();
  }

  /**
   * Scenes of four seconds differ by 1 point of VMAF and by 3 dB in an honest film (standard
   * deviation, trailer_bbb.mp4), and the mean of three by more than half of it.
   */
  private double wellBelow() {
    return switch (scoring.metric()) {
      case VMAF -> 3;
      case XPSNR -> 6;
    };
  }

  /** Three frames too late that film scores 15 dB less, as another film 30. */
  private double farBelow() {
    return switch (scoring.metric()) {
      case VMAF -> 10;
      case XPSNR -> 12;
    };
  }

  /** Some seconds of broken pictures; of the many scenes of a whole film a few are far off. */
  private double broken() {
    return switch (scoring.metric()) {
      case VMAF -> 20;
      case XPSNR -> 12;
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
