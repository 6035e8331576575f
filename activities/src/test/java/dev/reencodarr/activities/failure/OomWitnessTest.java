package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.process.OomKills;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.FailureTable;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomWitnessTest {

  @TempDir private Path root;

  /** An activity whose program is killed. */
  @ActivityInterface(namePrefix = "Killed")
  public interface KilledActivities {
    void run();
  }

  private void kills(int count) {
    try {
      Files.createDirectories(root.resolve("proc"));
      Files.writeString(root.resolve("proc/vmstat"), "oom_kill " + count + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Evidence seenWhere(Runnable happening) {
    TestActivityEnvironment environment =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build())
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new OomWitness(new OomKills(root)))
                        .build())
                .build());
    try {
      KilledActivities killed =
          () -> {
            happening.run();
            throw Faults.of(
                new Evidence(
                    EvidenceKind.PROCESS_EXIT, "killed", -1, 9, List.of(), "", Map.of("a", "b")));
          };
      environment.registerActivitiesImplementations(killed);
      KilledActivities stub = environment.newActivityStub(KilledActivities.class);
      return FailureReading.of(catchThrowableOfType(ActivityFailure.class, stub::run));
    } finally {
      environment.close();
    }
  }

  @Test
  void aKillThatTheKernelCountedIsSaidToBeItsOwn() {
    kills(3);

    Evidence seen = seenWhere(() -> kills(4));

    assertThat(seen.context()).containsEntry(Evidence.OOM_KILL, "true").containsEntry("a", "b");
    assertThat(FailureTable.classify(FailureStage.ENCODING, seen).message())
        .isEqualTo("Process killed by system (OOM)");
  }

  @Test
  void aKillThatItDidNotCountIsAnybodys() {
    kills(3);

    Evidence seen = seenWhere(() -> {});

    assertThat(seen.context()).containsEntry(Evidence.OOM_KILL, "false");
    assertThat(FailureTable.classify(FailureStage.ENCODING, seen).message())
        .isEqualTo("Process killed by system (likely OOM)");
  }

  @Test
  void whereNothingIsCountedNothingIsSaid() {
    assertThat(seenWhere(() -> {}).context()).doesNotContainKey(Evidence.OOM_KILL);
  }
}
