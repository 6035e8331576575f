package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import io.temporal.failure.ApplicationFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The only maker of failed activities: the type is the {@link EvidenceKind}, the details the {@link
 * Evidence}. The server does not retry them; the workflow reads, records and decides. One
 * exception: where a worker stops, a step that is left to the server's retries (a walk, the
 * starting of videos) has not failed, and another worker goes on with it.
 */
public final class Faults {

  private static final int MESSAGE_LIMIT = 300;

  private Faults() {}

  /** A fault to be thrown. */
  public static ApplicationFailure of(Evidence evidence) {
    String message = cut(evidence.message());
    String kind = evidence.kind().name();
    return evidence.kind() == EvidenceKind.WORKER_RESTARTED
        ? ApplicationFailure.newFailure(message, kind, evidence)
        : ApplicationFailure.newNonRetryableFailure(message, kind, evidence);
  }

  private static String cut(String message) {
    return message.length() <= MESSAGE_LIMIT
        ? message
        : message.substring(0, MESSAGE_LIMIT - 1) + "…";
  }

  /** The worker is going or has come back; for judged steps the sign to ask this host first. */
  public static ApplicationFailure workerRestarted(String host, String message) {
    return of(
        new Evidence(
            EvidenceKind.WORKER_RESTARTED, message, -1, 0, List.of(), "", Map.of("host", host)));
  }

  /** A fault that needs no program as its witness. */
  public static ApplicationFailure of(EvidenceKind kind, String message) {
    return of(Evidence.of(kind, message));
  }

  /** What a fault carries; empty where a failure is none of ours. */
  public static Optional<Evidence> evidence(ApplicationFailure failure) {
    boolean isEvidence =
        Stream.of(EvidenceKind.values()).anyMatch(kind -> kind.name().equals(failure.getType()))
            && failure.getDetails().getSize() > 0;
    return isEvidence
        ? Optional.ofNullable(failure.getDetails().get(0, Evidence.class))
        : Optional.empty();
  }

  /**
   * The same fault with more that is known of it; what its evidence says already stays. A failure
   * that is none of ours stays as it is.
   */
  public static ApplicationFailure knowing(ApplicationFailure fault, Map<String, String> more) {
    return evidence(fault).map(seen -> knowing(fault, seen, more)).orElse(fault);
  }

  private static ApplicationFailure knowing(
      ApplicationFailure fault, Evidence seen, Map<String, String> more) {
    Map<String, String> context = new LinkedHashMap<>(more);
    context.putAll(seen.context());
    ApplicationFailure knowing =
        of(
            new Evidence(
                seen.kind(),
                seen.message(),
                seen.exitCode(),
                seen.signal(),
                seen.command(),
                seen.output(),
                Map.copyOf(context)));
    knowing.setStackTrace(fault.getStackTrace());
    return knowing;
  }
}
