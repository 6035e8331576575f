package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Classification;

/** This rung of the ladder cannot be measured; the next one may. */
final class RungFailed extends RuntimeException {

  private final Classification classification;

  RungFailed(Classification classification) {
    super(classification.message());
    this.classification = classification;
  }

  Classification classification() {
    return classification;
  }
}
