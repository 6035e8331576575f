package dev.reencodarr.workflows.search;

import dev.reencodarr.workflows.plan.Metric;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the target is to be expected on the grid.
 *
 * @param index on the grid
 * @param chance that the score there lies in the band, 0 to 1
 */
record Guess(int index, double chance) {

  /** Of a curve whose slope is not known yet nothing is believed that lies further away. */
  private static final double LONGEST_JUMP = 16;

  /** Who has not found both ends with so many points goes to the end of the range. */
  private static final int MANY_POINTS = 6;

  /** Of CRFs that are about as likely to settle it the highest is taken: its result is smaller. */
  private static final double ABOUT_AS_LIKELY = 0.99;

  /** Below this the belief has no favourite: the middle of what it holds possible has to do. */
  private static final double LEAST_CHANCE = 0.02;

  /**
   * The best guess between two indices.
   *
   * @param belief with all points and looks in it
   * @param curve the points and looks
   */
  static Guess of(Belief belief, Curve curve, SearchPolicy policy, Grid grid, Ends ends) {
    Metric metric = policy.metric();
    double most = metric.lossOf(policy.target());
    double least = metric.lossOf(policy.target() + policy.band());
    OptionalInt end = endBeyondACrowd(curve, grid, ends);
    int wished =
        end.orElseGet(() ->
            ends.within(grid.nearest(ends.reach(Learning.focus(belief, (most + least) / 2)))));
    Guess best = new Guess(wished, chance(belief, curve, grid.crf(wished), least, most));
    if (end.isPresent()) {
      return best;
    }
    for (int index = ends.above(); index <= ends.below(); index++) {
      double crf = grid.crf(index);
      double chance = chance(belief, curve, crf, least, most);
      if (chance > best.chance() && ends.reach(crf) == crf) {
        best = new Guess(index, chance);
      }
    }
    if (best.chance() < LEAST_CHANCE) {
      return new Guess(wished, best.chance());
    }
    for (int index = ends.below(); index > best.index(); index--) {
      double crf = grid.crf(index);
      double chance = chance(belief, curve, crf, least, most);
      if (chance >= ABOUT_AS_LIKELY * best.chance() && ends.reach(crf) == crf) {
        return new Guess(index, chance);
      }
    }
    return best;
  }

  private static double chance(Belief belief, Curve curve, double crf, double least, double most) {
    double distance = curve.distanceTo(crf);
    double bend = distance == Double.POSITIVE_INFINITY ? 0 : Belief.bend(distance);
    double spread = StrictMath.hypot(belief.spreadAt(crf), bend);
    return Normal.between(least, most, belief.at(crf), spread);
  }

  /** Where many points lie about an end and none beyond it, the belief is no guide. */
  private static OptionalInt endBeyondACrowd(Curve curve, Grid grid, Ends ends) {
    if (ends.miss().isEmpty() && ends.hit().filter(hit -> isCrowd(curve, hit)).isPresent()) {
      return OptionalInt.of(grid.last());
    }
    if (ends.hit().isEmpty() && ends.miss().filter(miss -> isCrowd(curve, miss)).isPresent()) {
      return OptionalInt.of(0);
    }
    return OptionalInt.empty();
  }

  private static boolean isCrowd(Curve curve, SearchPoint end) {
    return curve.isCrowdedAround(end.crf()) || curve.points().size() >= MANY_POINTS;
  }

  /**
   * Between what a target has to lie.
   *
   * @param hit the highest CRF that reaches it
   * @param miss the lowest one above it that does not
   * @param above the lowest index that is left to be probed
   * @param below the highest
   */
  record Ends(Optional<SearchPoint> hit, Optional<SearchPoint> miss, int above, int below) {

    /** The CRF, or what lies as far towards it as a single known end allows to go. */
    private double reach(double crf) {
      if (miss.isEmpty() && hit.isPresent()) {
        return Math.min(crf, hit.get().crf() + LONGEST_JUMP);
      }
      if (hit.isEmpty() && miss.isPresent()) {
        return Math.max(crf, miss.get().crf() - LONGEST_JUMP);
      }
      return crf;
    }

    private int within(int index) {
      return Math.clamp(index, above, below);
    }

    boolean areBoth() {
      return hit.isPresent() && miss.isPresent();
    }
  }
}
