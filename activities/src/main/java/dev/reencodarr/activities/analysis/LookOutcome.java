package dev.reencodarr.activities.analysis;

import dev.reencodarr.workflows.analysis.Analysis;

/** What came of looking at one file among several. */
public sealed interface LookOutcome {

  /** It was looked at, or is not there any more. */
  record Seen(Analysis analysis) implements LookOutcome {}

  /**
   * It could not be looked at.
   *
   * @param fault made by {@code Faults}, unless it is a bug of ours
   */
  record Failed(RuntimeException fault) implements LookOutcome {}
}
