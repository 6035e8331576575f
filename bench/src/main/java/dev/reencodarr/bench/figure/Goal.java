package dev.reencodarr.bench.figure;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a figure is to be. */
public sealed interface Goal {

  /** Nothing was promised: the figure is there to be known. */
  record None() implements Goal {
    @Override
    public Optional<Boolean> isMetBy(double ours, OptionalDouble peer) {
      return Optional.empty();
    }

    @Override
    public String text(String unit) {
      return "";
    }
  }

  /**
   * No more than so much.
   *
   * @param limit in the unit of the figure
   */
  record AtMost(double limit) implements Goal {
    @Override
    public Optional<Boolean> isMetBy(double ours, OptionalDouble peer) {
      return Optional.of(ours <= limit);
    }

    @Override
    public String text(String unit) {
      return "<= " + BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString() + " " + unit;
    }
  }

  /**
   * No more than so many times what the peer takes on the same work.
   *
   * @param factor of the peer's figure
   */
  record TimesPeer(double factor) implements Goal {
    @Override
    public Optional<Boolean> isMetBy(double ours, OptionalDouble peer) {
      return peer.isEmpty() ? Optional.empty() : Optional.of(ours <= factor * peer.getAsDouble());
    }

    @Override
    public String text(String unit) {
      return "<= " + BigDecimal.valueOf(factor).toPlainString() + " x peer";
    }
  }

  /**
   * At least so many times what the peer comes to.
   *
   * @param factor of the peer's figure
   */
  record AtLeastTimesPeer(double factor) implements Goal {
    @Override
    public Optional<Boolean> isMetBy(double ours, OptionalDouble peer) {
      return peer.isEmpty() ? Optional.empty() : Optional.of(ours >= factor * peer.getAsDouble());
    }

    @Override
    public String text(String unit) {
      return ">= " + BigDecimal.valueOf(factor).toPlainString() + " x peer";
    }
  }

  static Goal none() {
    return new None();
  }

  /**
   * Whether it is reached; empty where nothing was promised or there is no peer to compare with.
   */
  Optional<Boolean> isMetBy(double ours, OptionalDouble peer);

  /** The goal in a few characters; empty where there is none. */
  String text(String unit);
}
