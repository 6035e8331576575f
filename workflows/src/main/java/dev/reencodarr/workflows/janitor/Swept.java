package dev.reencodarr.workflows.janitor;

import java.util.List;
import java.util.stream.Stream;

/**
 * What one part of the janitor's work came across.
 *
 * @param count of findings
 * @param findings the first of them, at most {@link #SHOWN}: histories stay small, the worker's log
 *     has them all
 */
public record Swept(int count, List<Finding> findings) {

  /** Findings that travel, of each part of the work. */
  public static final int SHOWN = 50;

  public Swept {
    findings = List.copyOf(findings);
  }

  /** All is right. */
  public static Swept nothing() {
    return new Swept(0, List.of());
  }

  /** All findings; the first of them travel. */
  public static Swept of(List<Finding> findings) {
    return new Swept(findings.size(), findings.stream().limit(SHOWN).toList());
  }

  /** Both together. */
  public Swept plus(Swept other) {
    return new Swept(
        count + other.count,
        Stream.concat(findings.stream(), other.findings.stream()).limit(SHOWN).toList());
  }
}
