package dev.reencodarr.activities.temporal;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The only maker of failed activities: the type is the {@link EvidenceKind}, the details the {@link
 * Evidence}. The server does not retry them; the workflow reads, records and decides. Two
 * exceptions, for steps that are left to the server's retries (a walk, the starting of videos):
 * where a worker stops, such a step has not failed, and another worker goes on with it; and an
 * exception that nobody has foreseen is tried again as it would be if it were let through.
 */
public final class Faults {

  /** In the context: what was seen first, and then explained by something else. */
  private static final String FIRST_EVIDENCE = "first_evidence";

  private static final String FIRST_EVIDENCE_MESSAGE = "first_evidence_message";

  private static final int MESSAGE_LIMIT = 300;

  private Faults() {}

  /** A fault to be thrown. */
  public static ApplicationFailure of(Evidence evidence) {
    return made(evidence, evidence.kind() == EvidenceKind.WORKER_RESTARTED);
  }

  private static ApplicationFailure made(Evidence evidence, boolean serverMayRetry) {
    String message = cut(evidence.message());
    String kind = evidence.kind().name();
    return serverMayRetry
        ? ApplicationFailure.newFailure(message, kind, evidence)
        : ApplicationFailure.newNonRetryableFailure(message, kind, evidence);
  }

  /**
   * An exception of a step, as the evidence that it is: of the kind that its class tells, with the
   * head of its stack trace as its output. What is evidence already stays as it is, and so does
   * what means something to Temporal: a cancellation, a worker that stops, an attempt that is not
   * wanted any more.
   */
  public static RuntimeException evident(RuntimeException thrown) {
    return switch (thrown) {
      case TemporalFailure told -> told;
      case ActivityCompletionException sign -> sign;
      default -> unforeseen(thrown);
    };
  }

  private static ApplicationFailure unforeseen(RuntimeException thrown) {
    Evidence words = FailureReading.ofException(thrown);
    ApplicationFailure fault =
        made(
            new Evidence(
                words.kind(),
                words.message(),
                -1,
                0,
                List.of(),
                StackHead.of(thrown),
                words.context()),
            true);
    fault.setStackTrace(thrown.getStackTrace());
    return fault;
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
    return retold(fault, seen -> knowing(seen, more));
  }

  private static Evidence knowing(Evidence seen, Map<String, String> more) {
    Map<String, String> context = new LinkedHashMap<>(more);
    context.putAll(seen.context());
    return new Evidence(
        seen.kind(),
        seen.message(),
        seen.exitCode(),
        seen.signal(),
        seen.command(),
        seen.output(),
        Map.copyOf(context));
  }

  /**
   * A fault that explains another one, such as a mount that has gone under a program, with all that
   * was seen of that one: its program, how it ended, what it said and where its log lies.
   */
  public static ApplicationFailure explaining(ApplicationFailure fault, ApplicationFailure first) {
    return evidence(first).map(seen -> retold(fault, why -> explaining(why, seen))).orElse(fault);
  }

  private static Evidence explaining(Evidence why, Evidence first) {
    Map<String, String> context = new LinkedHashMap<>(first.context());
    context.putAll(why.context());
    context.put(FIRST_EVIDENCE, first.kind().name());
    context.put(FIRST_EVIDENCE_MESSAGE, first.message());
    return new Evidence(
        why.kind(),
        why.message(),
        first.exitCode(),
        first.signal(),
        first.command(),
        first.output(),
        Map.copyOf(context));
  }

  /** The same fault in other words; a failure that is none of ours stays as it is. */
  public static ApplicationFailure retold(ApplicationFailure fault, UnaryOperator<Evidence> words) {
    return evidence(fault)
        .map(seen -> {
          ApplicationFailure retold = made(words.apply(seen), !fault.isNonRetryable());
          retold.setStackTrace(fault.getStackTrace());
          return retold;
        })
        .orElse(fault);
  }
}
