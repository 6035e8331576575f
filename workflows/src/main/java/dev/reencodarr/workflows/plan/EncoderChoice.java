package dev.reencodarr.workflows.plan;

/** Which of several wished encoders takes a video. */
public enum EncoderChoice {
  /** The first of the list that a machine offers, however much it has to do. */
  PREFERRED,
  /** Whichever has a place first; of those that have one at once, the first of the list. */
  FIRST_FREE
}
