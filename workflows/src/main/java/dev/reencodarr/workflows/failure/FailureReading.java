package dev.reencodarr.workflows.failure;

import dev.reencodarr.workflows.encode.EncodeProgress;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ServerFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what Temporal says of a failed activity back into the evidence that the activity left. */
public final class FailureReading {

  /** Exceptions that no activity has turned into evidence, by the beginning of their class name. */
  private static final Map<EvidenceKind, List<String>> BY_CLASS =
      Map.of(
          EvidenceKind.WORKER_RESTARTED,
          List.of("io.temporal.client.ActivityWorkerShutdownException"),
          EvidenceKind.INFRASTRUCTURE,
          List.of(
              "java.net.",
              "java.sql.SQLTransient",
              "java.sql.SQLRecoverable",
              "java.sql.SQLNonTransientConnection",
              "org.springframework.jdbc.CannotGetJdbcConnection",
              "org.springframework.dao.DataAccessResourceFailure",
              "org.springframework.dao.TransientDataAccess",
              "org.springframework.dao.QueryTimeout",
              "org.springframework.dao.RecoverableDataAccess",
              "org.springframework.transaction.CannotCreateTransaction",
              "io.grpc."),
          EvidenceKind.FILE_ACCESS,
          List.of("java.nio.file.", "java.io."));

  private FailureReading() {}

  /** Whether the activity was cancelled, by the operator: no failure at all. */
  public static boolean isCancellation(ActivityFailure failure) {
    return failure.getCause() instanceof CanceledFailure;
  }

  /**
   * The evidence of a failed activity.
   *
   * @throws IllegalArgumentException if it was cancelled: ask {@link #isCancellation} first
   */
  public static Evidence of(ActivityFailure failure) {
    return switch (failure.getCause()) {
      case CanceledFailure _ ->
          throw new IllegalArgumentException("a cancelled activity is no failure", failure);
      case ApplicationFailure cause -> ofApplication(cause);
      case TimeoutFailure cause -> ofTimeout(failure.getActivityType(), cause);
      case ServerFailure cause ->
          Evidence.of(EvidenceKind.UNEXPECTED, "Temporal refused it: " + words(cause));
      case null -> Evidence.of(EvidenceKind.UNEXPECTED, words(failure));
      case Throwable cause -> Evidence.of(EvidenceKind.UNEXPECTED, words(cause));
    };
  }

  /** The evidence of an exception that no step has turned into any: by its class, in its words. */
  public static Evidence ofException(Throwable thrown) {
    return ofClass(
        thrown.getClass().getName(), Objects.requireNonNullElse(thrown.getMessage(), ""));
  }

  private static Evidence ofClass(String type, String message) {
    return Evidence.of(
        kindOfClass(type), message.isBlank() ? type : simpleName(type) + ": " + message);
  }

  private static Evidence ofApplication(ApplicationFailure cause) {
    String type = Objects.requireNonNullElse(cause.getType(), "");
    Optional<EvidenceKind> declared = kindNamed(type);
    if (declared.isEmpty()) {
      return ofClass(type, Objects.requireNonNullElse(cause.getOriginalMessage(), ""));
    }
    return details(cause.getDetails(), Evidence.class)
        .orElseGet(() -> Evidence.of(declared.get(), words(cause)));
  }

  private static Evidence ofTimeout(String activity, TimeoutFailure cause) {
    return switch (cause.getTimeoutType()) {
      case TIMEOUT_TYPE_HEARTBEAT -> lostWorker(activity, cause);
      case TIMEOUT_TYPE_SCHEDULE_TO_START ->
          Evidence.of(EvidenceKind.NO_HOST, "nobody took " + activity + " in time");
      case TIMEOUT_TYPE_START_TO_CLOSE, TIMEOUT_TYPE_SCHEDULE_TO_CLOSE ->
          Evidence.of(EvidenceKind.TIME_LIMIT, activity + " did not end in time");
      case TIMEOUT_TYPE_UNSPECIFIED, UNRECOGNIZED ->
          Evidence.of(EvidenceKind.UNEXPECTED, words(cause));
    };
  }

  private static Evidence lostWorker(String activity, TimeoutFailure cause) {
    String said = "no sign of life of " + activity;
    Map<String, String> context = new LinkedHashMap<>();
    Optional<EncodeProgress> last = details(cause.getLastHeartbeatDetails(), EncodeProgress.class);
    last.ifPresent(progress -> {
      context.put("host", progress.host());
      context.put("phase", progress.phase().name());
      context.put("percent", Double.toString(progress.percent()));
    });
    return new Evidence(
        EvidenceKind.WORKER_LOST,
        last.map(progress -> said + " on " + progress.host()).orElse(said),
        -1,
        0,
        List.of(),
        "",
        Map.copyOf(context));
  }

  private static <T> Optional<T> details(@Nullable Values values, Class<T> type) {
    if (values == null || values.getSize() == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(values.get(0, type));
    } catch (DataConverterException foreign) {
      // Written by another version, or by hand; the kind and the message tell enough.
      return Optional.empty();
    }
  }

  private static Optional<EvidenceKind> kindNamed(String type) {
    for (EvidenceKind kind : EvidenceKind.values()) {
      if (kind.name().equals(type)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  private static EvidenceKind kindOfClass(String type) {
    return BY_CLASS.entrySet().stream()
        .filter(entry -> entry.getValue().stream().anyMatch(type::startsWith))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(EvidenceKind.UNEXPECTED);
  }

  private static String simpleName(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  private static String words(Throwable cause) {
    String message =
        cause instanceof ApplicationFailure application
            ? application.getOriginalMessage()
            : cause.getMessage();
    return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
  }
}
