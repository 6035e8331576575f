package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;

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

  /**
   * The worker is going or has come back: retryable for steps that the server retries, and for
   * judged ones the sign to ask this host first.
   */
  public static ApplicationFailure workerRestarted(String host, String message) {
    EvidenceKind kind = EvidenceKind.WORKER_RESTARTED;
    Evidence evidence = new Evidence(kind, message, -1, 0, List.of(), "", Map.of("host", host));
    return ApplicationFailure.newFailure(message, kind.name(), evidence);
  }

  /** A fault that needs no program as its witness. */
  public static ApplicationFailure of(EvidenceKind kind, String message) {
    return of(Evidence.of(kind, message));
  }
}
