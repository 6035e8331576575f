package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
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
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
  void anExceptionThatIsNoEvidencePassesAsItIs() {
    Evidence seen = evidenceOf(new IllegalStateException("a bug"));

    assertThat(seen)
        .isEqualTo(Evidence.of(EvidenceKind.UNEXPECTED, "IllegalStateException: a bug"));
  }

  private Evidence evidenceOf(RuntimeException thrown) {
    FailingActivities failing =
        () -> {
          throw thrown;
        };
    environment.registerActivitiesImplementations(failing);
    FailingActivities stub = environment.newActivityStub(FailingActivities.class);
    return FailureReading.of(catchThrowableOfType(ActivityFailure.class, stub::fail));
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
