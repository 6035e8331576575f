package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;

/**
 * The only maker of failed activities: the type is the {@link EvidenceKind}, the details the {@link
 * Evidence}. The server does not retry them; the workflow reads, records and decides.
 */
public final class Faults {

  private static final int MESSAGE_LIMIT = 300;

  private Faults() {}

  /** A fault to be thrown. */
  public static ApplicationFailure of(Evidence evidence) {
    String message = evidence.message();
    return ApplicationFailure.newNonRetryableFailure(
        message.length() <= MESSAGE_LIMIT ? message : message.substring(0, MESSAGE_LIMIT - 1) + "…",
        evidence.kind().name(),
        evidence);
  }

  /** A fault that needs no program as its witness. */
  public static ApplicationFailure of(EvidenceKind kind, String message) {
    return of(Evidence.of(kind, message));
  }
}
