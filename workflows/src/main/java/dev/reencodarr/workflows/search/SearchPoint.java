package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.ScorePool;
import java.util.List;

/**
 * One measured point of a video's curve.
 *
 * @param score mean of the samples, in the metric of its setting
 * @param predictedPercent size of the encoded samples in percent of the source's samples: of the
 *     video alone, except in short sources that are measured whole with their audio
 * @param predictedBytes of the encoded video stream
 * @param predictedSeconds a guess of the encode's time
 * @param sampleScores of each sample, in the order of the film; empty where they are not known
 */
public record SearchPoint(
    double crf,
    double score,
    double predictedPercent,
    long predictedBytes,
    double predictedSeconds,
    List<Double> sampleScores) {

  public SearchPoint {
    sampleScores = sampleScores == null ? List.of() : List.copyOf(sampleScores);
  }

  /** Without the samples' own scores. */
  public SearchPoint(
      double crf,
      double score,
      double predictedPercent,
      long predictedBytes,
      double predictedSeconds) {
    this(crf, score, predictedPercent, predictedBytes, predictedSeconds, List.of());
  }

  /** The same with the scores of its samples. */
  public SearchPoint withSamples(List<Double> scores) {
    return new SearchPoint(crf, score, predictedPercent, predictedBytes, predictedSeconds, scores);
  }

  /** The same with the score that counts in place of the mean. */
  public SearchPoint pooled(ScorePool pool) {
    return new SearchPoint(
        crf,
        pool.of(score, sampleScores),
        predictedPercent,
        predictedBytes,
        predictedSeconds,
        sampleScores);
  }

  /** The same with a score that is better by so much. */
  SearchPoint betterBy(double difference) {
    return new SearchPoint(
        crf, score + difference, predictedPercent, predictedBytes, predictedSeconds, sampleScores);
  }
}
