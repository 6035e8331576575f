package dev.reencodarr.workflows.plan;

import java.util.List;

/**
 * Which VMAF a result has to reach, by the size of its source: large sources are remuxes whose last
 * points nobody sees.
 *
 * @param tiers from the largest size down
 * @param otherwise the target of everything smaller
 */
public record TargetRule(List<Tier> tiers, double otherwise) {

  private static final long GIB = 1L << 30;

  /**
   * @param overBytes sources strictly larger than this
   * @param target VMAF, 0 to 100
   */
  public record Tier(long overBytes, double target) {}

  /** More than 60 GiB 91, more than 40 GiB 92, more than 25 GiB 94, else 95. */
  public static TargetRule bySize() {
    return new TargetRule(
        List.of(new Tier(60 * GIB, 91), new Tier(40 * GIB, 92), new Tier(25 * GIB, 94)), 95);
  }

  /** One target whatever the size. */
  public static TargetRule fixed(double target) {
    return new TargetRule(List.of(), target);
  }

  /** The target for a source of this size. */
  public double targetFor(long sourceBytes) {
    for (Tier tier : tiers) {
      if (sourceBytes > tier.overBytes()) {
        return tier.target();
      }
    }
    return otherwise;
  }
}
