package dev.reencodarr.bench.webhooks;

import java.util.List;

/**
 * How long answers took.
 *
 * @param sorted microseconds, the shortest first; at least one
 */
record Latencies(List<Long> sorted) {

  private static final double MICROS_PER_MILLI = 1000;

  Latencies {
    sorted = sorted.stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("nothing was answered");
    }
  }

  static Latencies of(List<Answer> answers) {
    return new Latencies(answers.stream().map(Answer::micros).toList());
  }

  /** How late the sender itself was. */
  static Latencies ofSender(List<Answer> answers) {
    return new Latencies(answers.stream().map(Answer::lateMicros).toList());
  }

  /**
   * So many of a hundred took no longer, in milliseconds.
   *
   * @param percent 1 to 100
   */
  double percentile(int percent) {
    int place = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(0, place - 1)) / MICROS_PER_MILLI;
  }

  /** The longest, in milliseconds. */
  double longest() {
    return percentile(100);
  }
}
