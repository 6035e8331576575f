package dev.reencodarr.bench.library;

import java.util.Comparator;
import java.util.List;

/** When tools were at work, in seconds since the boot. */
record TimesAtWork(List<Span> spans) {

  /** From when to when. */
  record Span(double begin, double end) {}

  /**
   * Reads lines of begin and end.
   *
   * @throws NumberFormatException if a line is none
   */
  static TimesAtWork parse(List<String> lines) {
    return new TimesAtWork(lines.stream().map(TimesAtWork::span).toList());
  }

  private static Span span(String line) {
    int blank = line.indexOf(' ');
    return new Span(
        Double.parseDouble(line.substring(0, Math.max(0, blank))),
        Double.parseDouble(line.substring(blank + 1)));
  }

  /** Seconds that at least one of the spans covers. */
  double covered() {
    double covered = 0;
    double until = Double.NEGATIVE_INFINITY;
    for (Span span : spans.stream().sorted(Comparator.comparingDouble(Span::begin)).toList()) {
      covered += Math.max(0, span.end() - Math.max(until, span.begin()));
      until = Math.max(until, span.end());
    }
    return covered;
  }
}
