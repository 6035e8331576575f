package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Evidence;

/** The result of an encode is not where the encode had left it. */
final class ResultLost extends RuntimeException {

  private final transient Evidence evidence;

  ResultLost(Evidence evidence) {
    super(evidence.message());
    this.evidence = evidence;
  }

  Evidence evidence() {
    return evidence;
  }
}
