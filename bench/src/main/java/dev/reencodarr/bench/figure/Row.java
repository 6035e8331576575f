package dev.reencodarr.bench.figure;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure.
 *
 * @param subject the case: what was done
 * @param metric what was measured of it
 * @param unit of both figures: s, MB, % …
 * @param ours what it takes us
 * @param peer what it takes the peer on the same work
 * @param peerName who the peer is; where there is none, why
 */
public record Row(
    String subject,
    String metric,
    String unit,
    double ours,
    OptionalDouble peer,
    String peerName,
    Goal goal) {

  /** A figure without a peer. */
  public static Row alone(String subject, String metric, String unit, double ours, Goal goal) {
    return new Row(subject, metric, unit, ours, OptionalDouble.empty(), "", goal);
  }

  /** The same figure beside the peer's. */
  public Row against(String name, double figure) {
    return new Row(subject, metric, unit, ours, OptionalDouble.of(figure), name, goal);
  }

  /** Ours by the peer's; empty without a peer, or where the peer's is nothing. */
  public OptionalDouble ratio() {
    return peer.isPresent() && peer.getAsDouble() > 0
        ? OptionalDouble.of(ours / peer.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Whether the goal is reached; empty where there is none. */
  public Optional<Boolean> met() {
    return goal.isMetBy(ours, peer);
  }

  boolean isOfSame(Row other) {
    return subject.equals(other.subject) && metric.equals(other.metric) && unit.equals(other.unit);
  }
}
