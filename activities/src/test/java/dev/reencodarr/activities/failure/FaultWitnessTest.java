package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.process.InstalledTools;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.PlainRunner;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.ActivityCanceledException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;

class FaultWitnessTest {

  private final InstalledTools installed =
      new InstalledTools(TestTools.tools(), new PlainRunner(), Path.of("/"));
  private final TestActivityEnvironment environment = environment();

  @AfterEach
  void close() {
    environment.close();
  }

  /** An activity that does nothing but fail. */
  @ActivityInterface(namePrefix = "Failing")
  public interface FailingActivities {
    void fail();
  }

  /** An activity over a file that fails. */
  @ActivityInterface(namePrefix = "FailingOver")
  public interface FailingOverFile {
    void fail(MediaPath file);
  }

  @Test
  void aFaultNamesTheFileSoThatItsNameIsNoEvidence() {
    FailingOverFile failing =
        file -> {
          throw Faults.of(EvidenceKind.FILE_ACCESS, "AccessDeniedException: " + file);
        };
    environment.registerActivitiesImplementations(failing);
    FailingOverFile stub = environment.newActivityStub(FailingOverFile.class);

    ActivityFailure failure =
        catchThrowableOfType(
            ActivityFailure.class,
            () -> stub.fail(new MediaPath("/tv/No space left on device.mkv")));

    assertThat(JudgedFault.row(FailureStage.ANALYSIS, failure))
        .isEqualTo("analysis/file_access/FILE_ACCESS GIVE_UP");
  }

  @Test
  void aFaultTellsWhereAndOnWhatItHappened() throws Exception {
    installed.ask();
    Evidence seen =
        evidenceOf(
            Faults.of(
                new Evidence(
                    EvidenceKind.STALLED,
                    "no frame",
                    -1,
                    0,
                    List.of("ab-av1"),
                    "out",
                    Map.of("log", "job.log", "zone", "told by the activity"))));

    assertThat(seen.kind()).isEqualTo(EvidenceKind.STALLED);
    assertThat(seen.command()).containsExactly("ab-av1");
    assertThat(seen.context())
        .containsEntry("host", "alpha")
        .containsEntry("log", "job.log")
        .containsEntry("zone", "told by the activity")
        .hasEntrySatisfying("version_ab-av1", version -> assertThat(version).startsWith("ab-av1 "))
        .containsEntry("activity", "FailingFail")
        .containsKeys(
            "activity_attempt", "os", "java_version", "worker", "task_queue", "free_disk_bytes");
    assertThat(Long.parseLong(seen.context().get("free_disk_bytes"))).isPositive();
  }

  @Test
  void anErrorOfOurOwnTellsWhereItWasMadeAndOnWhatItHappened() {
    IllegalStateException bug =
        new IllegalStateException("a bug", new IllegalArgumentException("-1 of 3"));

    Evidence seen = evidenceOf(bug);

    assertThat(seen.kind()).isEqualTo(EvidenceKind.UNEXPECTED);
    assertThat(seen.message()).isEqualTo("IllegalStateException: a bug");
    assertThat(seen.output())
        .startsWith("java.lang.IllegalStateException: a bug\n\tat dev.reencodarr.")
        .contains("FaultWitnessTest.anErrorOfOurOwn", "Caused by: ", "-1 of 3")
        .hasSizeLessThan(6000);
    assertThat(seen.context())
        .containsEntry("host", "alpha")
        .containsEntry("activity", "FailingFail")
        .containsKeys("java_version", "free_disk_bytes");
  }

  @Test
  void aDatabaseThatIsAwayIsNoErrorOfOurOwn() {
    Evidence seen = evidenceOf(new DataAccessResourceFailureException("connection refused"));

    assertThat(seen.kind()).isEqualTo(EvidenceKind.INFRASTRUCTURE);
    assertThat(seen.context()).containsEntry("host", "alpha");
    assertThat(JudgedFault.row(FailureStage.ENCODING, seen))
        .isEqualTo("encoding/system_environment/ENV WAIT_AND_RETRY");
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, DataAccessResourceFailureException.class})
  void theServerTriesAgainWhatNobodyHasForeseen(Class<? extends RuntimeException> type)
      throws Exception {
    ActivityFailure failure = failureOf(type.getConstructor(String.class).newInstance("odd"));

    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            ApplicationFailure.class, cause -> assertThat(cause.isNonRetryable()).isFalse());
  }

  @Test
  void theServerDoesNotTryAgainWhatAStepHasFailedWith() {
    ActivityFailure failure = failureOf(Faults.of(EvidenceKind.BAD_MEDIA, "no film"));

    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            ApplicationFailure.class, cause -> assertThat(cause.isNonRetryable()).isTrue());
  }

  @Test
  void whatMeansSomethingToTemporalPassesAsItIs() {
    ActivityWorkerShutdownException shutDown = new ActivityWorkerShutdownException();
    ActivityCanceledException cancelled = new ActivityCanceledException();
    CanceledFailure told = new CanceledFailure("told so");

    assertThat(Faults.evident(shutDown)).isSameAs(shutDown);
    assertThat(Faults.evident(cancelled)).isSameAs(cancelled);
    assertThat(Faults.evident(told)).isSameAs(told);
    Evidence seen = evidenceOf(shutDown);
    assertThat(seen.kind()).isEqualTo(EvidenceKind.WORKER_RESTARTED);
    assertThat(seen.context()).isEmpty();
  }

  @Test
  void aCancelledActivityIsCancelled() {
    assertThat(thrownBy(new ActivityCanceledException())).isInstanceOf(CanceledFailure.class);
  }

  @Test
  void noSecretLeavesTheWorkerAndTheFilmKeepsItsName() {
    String film = "/films/Basic Instinct (1992)/The Secret: Permission denied.mkv";
    FailingOverFile failing =
        file -> {
          throw Faults.of(
              new Evidence(
                  EvidenceKind.PROCESS_EXIT,
                  "could not read " + film + ", api_key=hunter2",
                  1,
                  0,
                  List.of("tool", "--token", "hunter2", film),
                  "Authorization: Bearer hunter2hunter2\n" + film + ": odd",
                  Map.of("db_password", "hunter2", "asked", "http://u:hunter2@nas/x")));
        };
    environment.registerActivitiesImplementations(failing);
    FailingOverFile stub = environment.newActivityStub(FailingOverFile.class);

    ActivityFailure failure =
        catchThrowableOfType(ActivityFailure.class, () -> stub.fail(new MediaPath(film)));

    Evidence seen = FailureReading.of(failure);
    assertThat(failure).hasCauseInstanceOf(ApplicationFailure.class);
    assertThat(failure).cause().message().doesNotContain("hunter2");
    assertThat(seen.toString()).doesNotContain("hunter2");
    assertThat(seen.message()).isEqualTo("could not read " + film + ", api_key=***");
    assertThat(seen.command()).containsExactly("tool", "--token", "***", film);
    assertThat(seen.output()).endsWith(film + ": odd");
    assertThat(seen.context()).containsEntry(Evidence.SOURCE, film);
    assertThat(JudgedFault.row(FailureStage.ENCODING, seen))
        .isEqualTo("encoding/process_failure/EXIT_1 RETRY");
  }

  private Evidence evidenceOf(RuntimeException thrown) {
    return FailureReading.of(failureOf(thrown));
  }

  private ActivityFailure failureOf(RuntimeException thrown) {
    return (ActivityFailure) thrownBy(thrown);
  }

  private Throwable thrownBy(RuntimeException thrown) {
    FailingActivities failing =
        () -> {
          throw thrown;
        };
    environment.registerActivitiesImplementations(failing);
    return catchThrowable(environment.newActivityStub(FailingActivities.class)::fail);
  }

  private TestActivityEnvironment environment() {
    return TestActivityEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
            .setWorkerFactoryOptions(
                WorkerFactoryOptions.newBuilder()
                    .setWorkerInterceptors(
                        new FaultWitness(
                            new MachineWitness(
                                new Machine("alpha", "default", Path.of("/")), installed)))
                    .build())
            .build());
  }
}
