package dev.reencodarr.activities.sync.webhook;

/** What the body of a webhook comes to for us. */
sealed interface Heard {

  /**
   * Something has happened at a title.
   *
   * @param title its id, 1 to 2^31 - 1
   */
  record Touched(long title) implements Heard {}

  /** It is of no interest: a test, a grab, a health check, what we do not know. */
  record OfNoUse() implements Heard {}

  /** It is no JSON object. */
  record Malformed() implements Heard {}
}
