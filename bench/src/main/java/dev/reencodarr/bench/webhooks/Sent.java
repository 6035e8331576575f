package dev.reencodarr.bench.webhooks;

import java.util.List;

/** What a {@link Sender} has found. */
record Sent(List<Answer> warmUp, List<Answer> calls) {
  Sent {
    warmUp = List.copyOf(warmUp);
    calls = List.copyOf(calls);
  }

  Latencies latencies() {
    return Latencies.of(calls);
  }

  /** How many calls were not answered by 204. */
  long notTaken() {
    return calls.stream().filter(answer -> !answer.isTaken()).count();
  }
}
