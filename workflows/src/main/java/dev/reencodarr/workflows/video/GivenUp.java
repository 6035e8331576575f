package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.failure.Classification;

/** The video cannot be done; its final failure is on record. */
final class GivenUp extends RuntimeException {

  private final Classification classification;

  GivenUp(Classification classification) {
    super(classification.message());
    this.classification = classification;
  }

  Classification classification() {
    return classification;
  }
}
