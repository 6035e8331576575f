package dev.reencodarr.bench.webhooks;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a {@link Sender} is to send.
 *
 * @param connections over which the calls go in turn
 * @param warmUp sent first, and counted apart
 * @param calls in the order of their times
 */
record Plan(int connections, List<Call> warmUp, List<Call> calls) {
  Plan {
    warmUp = List.copyOf(warmUp);
    calls = List.copyOf(calls);
  }

  /** The same calls to somebody else. */
  Plan to(UnaryOperator<Call> other) {
    return new Plan(
        connections, warmUp.stream().map(other).toList(), calls.stream().map(other).toList());
  }
}
