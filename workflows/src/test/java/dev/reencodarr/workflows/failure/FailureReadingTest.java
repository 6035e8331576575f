package dev.reencodarr.workflows.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.encode.EncodeProgress;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ServerFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReadingTest {

  private static final DataConverter CONVERTER = Payloads.converter();

  @Test
  void evidenceComesBackAsItWasLeft() {
    Evidence left =
        new Evidence(
            EvidenceKind.PROCESS_EXIT,
            "ab-av1 failed",
            1,
            0,
            List.of("ab-av1", "encode"),
            "Error: x",
            Map.of("host", "alpha"));

    assertThat(
            FailureReading.of(
                failed(ApplicationFailure.newNonRetryableFailure("short", "PROCESS_EXIT", left))))
        .isEqualTo(left);
  }

  @Test
  void aDeclaredKindWithoutDetailsKeepsItsMessage() {
    assertThat(
            FailureReading.of(
                failed(
                    ApplicationFailure.newNonRetryableFailure(
                        "worker was restarted", "WORKER_RESTARTED"))))
        .isEqualTo(Evidence.of(EvidenceKind.WORKER_RESTARTED, "worker was restarted"));
  }

  @Test
  void detailsOfAForeignShapeAreNoObstacle() {
    assertThat(
            FailureReading.of(
                failed(
                    ApplicationFailure.newNonRetryableFailure("full", "DISK_FULL", "just a text"))))
        .isEqualTo(Evidence.of(EvidenceKind.DISK_FULL, "full"));
  }

  @ParameterizedTest
  @CsvSource({
    "org.springframework.jdbc.CannotGetJdbcConnectionException, INFRASTRUCTURE",
    "org.springframework.dao.DuplicateKeyException, UNEXPECTED",
    "java.nio.file.AccessDeniedException, FILE_ACCESS",
    "java.io.IOException, FILE_ACCESS",
    "io.temporal.client.ActivityWorkerShutdownException, WORKER_RESTARTED",
    "java.lang.NullPointerException, UNEXPECTED"
  })
  void exceptionsThatNobodyTurnedIntoEvidenceAreReadByTheirClass(String type, EvidenceKind kind) {
    Evidence read = FailureReading.of(failed(ApplicationFailure.newFailure("said", type)));

    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.message()).isEqualTo(type.substring(type.lastIndexOf('.') + 1) + ": said");
  }

  @Test
  void aLostHeartbeatNamesTheHostThatWasLastHeardOf() {
    EncodeProgress last =
        new EncodeProgress(EncodeProgress.Phase.ENCODING, "alpha", 42.5, 30, 600, 1_000);

    Evidence read =
        FailureReading.of(
            failed(new TimeoutFailure("timed out", last, TimeoutType.TIMEOUT_TYPE_HEARTBEAT)));

    assertThat(read.kind()).isEqualTo(EvidenceKind.WORKER_LOST);
    assertThat(read.message()).contains("alpha");
    assertThat(read.context())
        .containsEntry("host", "alpha")
        .containsEntry("phase", "ENCODING")
        .containsEntry("percent", "42.5");
  }

  @Test
  void aLostHeartbeatWithoutDetailsIsALostWorkerAllTheSame() {
    assertThat(FailureReading.of(failed(timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT))).kind())
        .isEqualTo(EvidenceKind.WORKER_LOST);
  }

  @Test
  void theOtherTimeoutsAreToldApart() {
    assertThat(FailureReading.of(failed(timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE))).kind())
        .isEqualTo(EvidenceKind.TIME_LIMIT);
    assertThat(
            FailureReading.of(failed(timeout(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START))).kind())
        .isEqualTo(EvidenceKind.NO_HOST);
  }

  @Test
  void aRefusalOfTheServerIsUnexpected() {
    assertThat(
            FailureReading.of(
                failed(new ServerFailure("Complete result exceeds size limit", true))))
        .isEqualTo(
            Evidence.of(
                EvidenceKind.UNEXPECTED,
                "Temporal refused it: Complete result exceeds size limit"));
  }

  @Test
  void aCancellationIsNoFailure() {
    ActivityFailure cancelled = failed(new CanceledFailure("cancelled", new EncodedValues(), null));

    assertThat(FailureReading.isCancellation(cancelled)).isTrue();
    assertThat(FailureReading.isCancellation(failed(null))).isFalse();
    assertThatThrownBy(() -> FailureReading.of(cancelled))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static TimeoutFailure timeout(TimeoutType type) {
    return new TimeoutFailure("timed out", null, type);
  }

  /** As it arrives in a workflow: written by the server's means and read back. */
  private static ActivityFailure failed(@Nullable Throwable cause) {
    ActivityFailure failure =
        new ActivityFailure(
            "failed",
            5,
            6,
            "EncodeEncode",
            "1",
            RetryState.RETRY_STATE_MAXIMUM_ATTEMPTS_REACHED,
            "worker",
            cause);
    return (ActivityFailure) CONVERTER.failureToException(CONVERTER.exceptionToFailure(failure));
  }
}
