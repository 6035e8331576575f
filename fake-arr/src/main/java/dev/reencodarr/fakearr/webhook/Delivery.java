package dev.reencodarr.fakearr.webhook;

/**
 * One call, or one that was not made.
 *
 * @param body JSON
 * @param status of the answer; 0 for none
 */
public record Delivery(
    Notification to, String eventType, String body, Outcome outcome, int status) {

  /** What became of it. */
  public enum Outcome {
    /** Answered by 2xx. */
    TAKEN,
    /** Answered otherwise, or not at all: the notification is blocked for a while. */
    REFUSED,
    /** Not sent, since earlier ones were refused; lost. */
    BLOCKED,
    /** Not sent, as the test wished; lost. */
    DROPPED
  }
}
