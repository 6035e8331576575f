package dev.reencodarr.bench.webhooks;

import java.util.List;

/** What a {@link Sender} has found. */
record Sent(List<Answer> warmUp, List<Answer> calls) {
  Sent {
    warmUp = List.copyOf(warmUp);
    calls = List.copyOf(calls);
  }

  /** Of the calls that were taken: a refusal comes quickly and is no answer. */
  Latencies latencies() {
    return Latencies.of(calls.stream().filter(Answer::isTaken).toList());
  }

  /** Likewise of those that came before. */
  Latencies warmUpLatencies() {
    return Latencies.of(warmUp.stream().filter(Answer::isTaken).toList());
  }

  /** How many calls were not answered by 204. */
  long notTaken() {
    return calls.stream().filter(answer -> !answer.isTaken()).count();
  }
}
