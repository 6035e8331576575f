package dev.reencodarr.workflows.plan;

/**
 * The largest predicted size that is worth an encode, besides what has to be saved.
 *
 * @param amount bytes or percent of the source, by the unit; above 0
 */
public record SizeLimit(Unit unit, double amount) {

  /** What the amount counts. */
  public enum Unit {
    /** There is no limit. */
    OFF,
    BYTES,
    PERCENT
  }

  /** No limit. */
  public static SizeLimit off() {
    return new SizeLimit(Unit.OFF, 0);
  }

  /** The limit in percent of a source of this size; infinite where there is none. */
  public double percentOf(long sourceBytes) {
    return switch (unit) {
      case OFF -> Double.POSITIVE_INFINITY;
      case PERCENT -> amount;
      case BYTES -> 100 * amount / Math.max(1, sourceBytes);
    };
  }
}
