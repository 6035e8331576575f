package dev.reencodarr.workflows.plan;

/** How much of a finished result is scored before it may take the place of its source. */
public enum ResultCheck {
  /** Three short segments, against what looks right from outside and is not. */
  OFF,
  /** Segments spread over the film, against the target. */
  SEGMENTS,
  /** All of it, against the target. */
  WHOLE
}
