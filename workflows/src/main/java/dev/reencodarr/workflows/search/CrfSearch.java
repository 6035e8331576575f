package dev.reencodarr.workflows.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The search for the highest CRF that reaches a target. Pure: the points measured so far go in, the
 * next step comes out, so that a search can be continued from any set of known points.
 *
 * <p>A target is bracketed by a CRF that reaches it and a higher one that does not, and the bracket
 * is closed by interpolation. Interpolated is not the score but the logarithm of what it lacks of
 * 100: over the CRF that is close to a straight line for real encoders, so few points are needed.
 */
public final class CrfSearch {

  /** Above this many points the search ends with what it has; it closes long before. */
  private static final int MOST_POINTS = 24;

  /** From this many points on a bracket is cut in its middle third, whatever the curve promises. */
  private static final int POINTS_OF_TRUST = 5;

  /** From this many points on it is halved. */
  private static final int POINTS_OF_PATIENCE = 7;

  /** Where in the band a probe aims: a little below the middle, since higher CRFs are wanted. */
  private static final double AIM = 0.45;

  /** Predicted sizes scatter by about this factor, so a verdict on size needs more than that. */
  private static final double SIZE_SCATTER = 1.02;

  private CrfSearch() {}

  /** The next step with nothing known of the curve but the points. */
  public static SearchStep next(List<SearchPoint> points, SearchPolicy policy) {
    return next(points, policy, OptionalDouble.empty());
  }

  /**
   * The next step.
   *
   * @param points measured with one and the same {@link ProbeSetting}, in any order
   * @param firstCrf where to begin when there are no points, such as what another preset of this
   *     video or a sibling came to
   */
  public static SearchStep next(
      List<SearchPoint> points, SearchPolicy policy, OptionalDouble firstCrf) {
    Curve curve = Curve.of(points);
    if (Prospects.areHopeless(curve, policy)) {
      return new SearchStep.Hopeless();
    }
    if (anyMissIsTooLarge(curve, policy)) {
      return new SearchStep.TooLarge();
    }
    Optional<SearchPoint> inBand =
        curve.points().stream()
            .filter(point -> reaches(point, policy))
            .filter(point -> point.score() <= policy.target() + policy.band())
            .max(Comparator.comparingDouble(SearchPoint::crf));
    if (inBand.isPresent()) {
      return accepted(inBand.get(), policy);
    }
    return closeTheBracket(curve, policy, firstCrf);
  }

  private static SearchStep closeTheBracket(
      Curve curve, SearchPolicy policy, OptionalDouble firstCrf) {
    Grid grid = new Grid(policy);
    Optional<SearchPoint> hit =
        curve.points().stream()
            .filter(point -> reaches(point, policy))
            .max(Comparator.comparingDouble(SearchPoint::crf));
    Optional<SearchPoint> miss =
        curve.points().stream()
            .filter(point -> !reaches(point, policy))
            .filter(point -> hit.isEmpty() || point.crf() > hit.get().crf())
            .min(Comparator.comparingDouble(SearchPoint::crf));

    int above = hit.map(point -> grid.atOrBelow(point.crf())).orElse(-1) + 1;
    int below = miss.map(point -> grid.atOrAbove(point.crf())).orElse(grid.last() + 1) - 1;
    if (above > below || curve.points().size() >= MOST_POINTS) {
      return hit.map(point -> accepted(point, policy)).orElseGet(SearchStep.NotReachable::new);
    }
    double wish = new Bracket(hit, miss).wishedCrf(curve, policy, firstCrf);
    int index = Math.clamp(grid.nearest(wish), above, below);
    return new SearchStep.Probe(
        grid.crf(hit.isPresent() && miss.isPresent() ? cut(curve, index, above, below) : index));
  }

  /**
   * The points on either side of the CRF that is looked for.
   *
   * @param hit the highest CRF that reaches the target
   * @param miss the lowest one above it that does not
   */
  private record Bracket(Optional<SearchPoint> hit, Optional<SearchPoint> miss) {

    double wishedCrf(Curve curve, SearchPolicy policy, OptionalDouble firstCrf) {
      double aim = policy.target() + AIM * policy.band();
      if (hit.isPresent() && miss.isPresent()) {
        return curve.between(hit.get(), miss.get(), aim);
      }
      if (hit.isPresent()) {
        return curve.beyond(hit.get(), aim);
      }
      if (miss.isPresent()) {
        return curve.before(miss.get(), aim);
      }
      return firstCrf.orElseGet(() -> Curve.typicalCrf(aim));
    }
  }

  /** Keeps a curve that is not what it seems from shrinking its bracket by single steps. */
  private static int cut(Curve curve, int index, int lowest, int highest) {
    int known = curve.points().size();
    if (known >= POINTS_OF_PATIENCE) {
      return Math.floorDiv(lowest + highest, 2);
    }
    int margin = known >= POINTS_OF_TRUST ? (highest - lowest) / 3 : 0;
    return Math.clamp(index, lowest + margin, highest - margin);
  }

  private static boolean reaches(SearchPoint point, SearchPolicy policy) {
    return point.score() >= policy.target();
  }

  private static SearchStep accepted(SearchPoint point, SearchPolicy policy) {
    return point.predictedPercent() > policy.mostPercent()
        ? new SearchStep.TooLarge()
        : new SearchStep.Found(point);
  }

  /** Whatever reaches the target is larger than a point that misses it. */
  private static boolean anyMissIsTooLarge(Curve curve, SearchPolicy policy) {
    boolean anyHitIsWorthIt =
        curve.points().stream()
            .anyMatch(point ->
                reaches(point, policy) && point.predictedPercent() <= policy.mostPercent());
    return !anyHitIsWorthIt
        && curve.points().stream()
            .anyMatch(point ->
                !reaches(point, policy)
                    && point.predictedPercent() > policy.mostPercent() * SIZE_SCATTER);
  }
}
