package dev.reencodarr.workflows.search;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a search knows of its video.
 *
 * @param points measured with the setting of the search, in any order; they alone decide what is
 *     accepted
 * @param looks measured more cheaply: the same encode, its score less exact. They guide, and may
 *     say that a video is not worth it
 * @param seed what was believed before any of them
 */
public record Known(List<SearchPoint> points, List<SearchPoint> looks, Seed seed) {

  /** A look is never off by more than this. */
  private static final double LOOK_IS_OFF = 0.3;

  public Known {
    points = List.copyOf(points);
    looks = List.copyOf(looks);
  }

  /** The points, and the looks with the best score that they may stand for. */
  Curve atBest() {
    return Curve.of(withLooks(LOOK_IS_OFF));
  }

  /** The points, and the looks as they are. */
  Curve together() {
    return Curve.of(withLooks(0));
  }

  /** All that was measured, by CRF: where there is a point, its look is left out. */
  public List<SearchPoint> measured() {
    return together().points();
  }

  private List<SearchPoint> withLooks(double better) {
    // Of two for one CRF the later counts: the exact one.
    return Stream.concat(looks.stream().map(look -> look.betterBy(better)), points.stream())
        .toList();
  }

  /** What is believed of the part of the curve where the score is. */
  Belief beliefAbout(double score, SearchPolicy policy) {
    return Learning.from(
        seed.belief(), points, looks, policy.metric(), policy.metric().lossOf(score));
  }

  /** How much the loss rises with each CRF about the target. */
  public double slope(SearchPolicy policy) {
    return beliefAbout(policy.target(), policy).slope();
  }

  boolean hasLookedAt(double crf) {
    return looks.stream().anyMatch(look -> look.crf() == crf);
  }
}
