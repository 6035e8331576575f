package dev.reencodarr.workflows.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The search for the highest CRF that reaches a target. Pure: what is known so far goes in, the
 * next step comes out, so that a search can be continued from any set of known points.
 *
 * <p>A target is bracketed by a CRF that reaches it and a higher one that does not, and the bracket
 * is closed where a {@link Belief} about the curve holds the target to be most likely. While it is
 * more likely missed than found, a cheap look is taken instead of a probe. Measured points alone
 * decide what is accepted, and a curve that is not what it seems only costs further probes.
 */
public final class CrfSearch {

  /** Above this many points the search ends with what it has; it closes long before. */
  private static final int MOST_POINTS = 24;

  /** From this many points on a bracket is cut in its middle third, whatever the curve promises. */
  private static final int POINTS_OF_TRUST = 4;

  /** From this many points on it is halved. */
  private static final int POINTS_OF_PATIENCE = 6;

  /** Whose curve is not known after so many looks is not known better after more of them. */
  private static final int MOST_LOOKS = 3;

  /** A probe with less of a chance teaches more about the curve than about the CRF. */
  private static final double VAGUE = 0.3;

  /** Predicted sizes scatter by about this factor, so a verdict on size needs more than that. */
  private static final double SIZE_SCATTER = 1.02;

  private CrfSearch() {}

  /** The next step. */
  public static SearchStep next(Known known, SearchPolicy policy) {
    Curve atBest = known.atBest();
    Curve curve = Curve.of(known.points());
    if (Prospects.areHopeless(atBest, curve, policy)) {
      return new SearchStep.Hopeless();
    }
    Optional<SearchStep> proof = proofOfHopelessness(known, policy);
    if (proof.isPresent()) {
      return proof.get();
    }
    if (anyMissIsTooLarge(atBest, policy)) {
      return new SearchStep.TooLarge();
    }
    Optional<SearchPoint> inBand =
        curve.points().stream()
            .filter(point -> reaches(point, policy))
            .filter(point -> point.score() <= policy.target() + policy.band())
            .max(Comparator.comparingDouble(SearchPoint::crf));
    if (inBand.isPresent()) {
      SearchPoint point = inBand.get();
      return Prospects.mayFitNearerToTheTarget(point, known, policy)
          ? closeTheBracket(known, curve, policy.nearer(point.score()))
          : accepted(point, policy);
    }
    return closeTheBracket(known, curve, policy);
  }

  /**
   * What is measured at once where several workers have nothing else to do: the next step, and
   * those on either side of it that would settle the search, or tell the slope, if it does not.
   *
   * @param most measurements, at least 1
   * @return the next step alone where nothing is to be measured
   */
  public static List<SearchStep> together(Known known, SearchPolicy policy, int most) {
    SearchStep next = next(known, policy);
    if (!(next instanceof SearchStep.Measurement first) || most <= 1) {
      return List.of(next);
    }
    Grid grid = new Grid(policy);
    Guess.Ends ends = ends(Curve.of(known.points()), grid, policy);
    Belief belief = known.beliefAbout(policy.target(), policy);
    boolean looks = first instanceof SearchStep.Look;
    double apart = isVague(first) ? belief.spreadOfCrf(first.crf()) : belief.widthOf(policy);
    int left = looks ? Math.min(most, MOST_LOOKS - known.looks().size()) : most;
    List<SearchStep> steps = new ArrayList<>(List.of(next));
    for (double crf : List.of(first.crf() - apart, first.crf() + apart)) {
      int index = grid.nearest(crf);
      double onGrid = grid.crf(index);
      boolean isFree = index >= ends.above() && index <= ends.below();
      boolean isNew = steps.stream().noneMatch(step -> isOf(step, onGrid));
      if (steps.size() < left && isFree && isNew && !(looks && known.hasLookedAt(onGrid))) {
        steps.add(looks ? new SearchStep.Look(onGrid) : new SearchStep.Probe(onGrid, 0));
      }
    }
    return List.copyOf(steps);
  }

  /** Whether it is the slope that is to be learnt, and not the last CRF to be found. */
  private static boolean isVague(SearchStep.Measurement measurement) {
    return switch (measurement) {
      case SearchStep.Probe probe -> probe.chance() < VAGUE;
      case SearchStep.Look look -> true;
    };
  }

  private static boolean isOf(SearchStep step, double crf) {
    return step instanceof SearchStep.Measurement measurement && measurement.crf() == crf;
  }

  private static SearchStep closeTheBracket(Known known, Curve curve, SearchPolicy policy) {
    Grid grid = new Grid(policy);
    Guess.Ends ends = ends(curve, grid, policy);
    if (ends.above() > ends.below() || curve.points().size() >= MOST_POINTS) {
      return ends.hit()
          .map(point -> accepted(point, policy))
          .orElseGet(SearchStep.NotReachable::new);
    }
    Guess guess =
        Guess.of(known.beliefAbout(policy.target(), policy), known.together(), policy, grid, ends);
    int index = ends.areBoth() ? cut(curve, guess.index(), ends) : guess.index();
    double crf = grid.crf(index);
    return isLookEnough(known, policy, guess) && !known.hasLookedAt(crf)
        ? new SearchStep.Look(crf)
        : new SearchStep.Probe(crf, guess.chance());
  }

  /** One look that ends the whole ladder is cheaper than to try every rung of it. */
  private static Optional<SearchStep> proofOfHopelessness(Known known, SearchPolicy policy) {
    if (policy.costOfLook() >= 1 || known.looks().size() >= MOST_LOOKS) {
      return Optional.empty();
    }
    OptionalDouble proof = Prospects.crfOfProof(known, policy);
    if (proof.isEmpty()) {
      return Optional.empty();
    }
    Grid grid = new Grid(policy);
    double crf = grid.crf(Math.clamp(grid.nearest(proof.getAsDouble()), 0, grid.last()));
    return known.together().distanceTo(crf) >= policy.step()
        ? Optional.of(new SearchStep.Look(crf))
        : Optional.empty();
  }

  private static Guess.Ends ends(Curve curve, Grid grid, SearchPolicy policy) {
    Optional<SearchPoint> hit =
        curve.points().stream()
            .filter(point -> reaches(point, policy))
            .max(Comparator.comparingDouble(SearchPoint::crf));
    Optional<SearchPoint> miss =
        curve.points().stream()
            .filter(point -> !reaches(point, policy))
            .filter(point -> hit.isEmpty() || point.crf() > hit.get().crf())
            .min(Comparator.comparingDouble(SearchPoint::crf));
    return new Guess.Ends(
        hit,
        miss,
        hit.map(point -> grid.atOrBelow(point.crf())).orElse(-1) + 1,
        miss.map(point -> grid.atOrAbove(point.crf())).orElse(grid.last() + 1) - 1);
  }

  /**
   * A probe that settles the search with this chance is dearer than a look, and one that does not
   * teaches no more than it.
   */
  private static boolean isLookEnough(Known known, SearchPolicy policy, Guess guess) {
    return guess.chance() < 1 - policy.costOfLook()
        && known.looks().size() < MOST_LOOKS
        && known.points().size() < POINTS_OF_TRUST;
  }

  /** Keeps a curve that is not what it seems from shrinking its bracket by single steps. */
  private static int cut(Curve curve, int index, Guess.Ends ends) {
    int lowest = ends.above();
    int highest = ends.below();
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
