package dev.reencodarr.activities.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureReading;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.temporal.Payloads;
import io.temporal.activity.ActivityInterface;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoneMountTest {

  private static final MediaPath FILM = new MediaPath("/tv/film.mkv");

  private boolean gone = false;
  private final TestActivityEnvironment environment =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowClientOptions(
                  WorkflowClientOptions.newBuilder().setDataConverter(Payloads.converter()).build())
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder()
                      .setWorkerInterceptors(new GoneMount(this::requireMounted))
                      .build())
              .build());

  @AfterEach
  void close() {
    environment.close();
  }

  private void requireMounted(MediaPath path) {
    assertThat(path).isEqualTo(FILM);
    if (gone) {
      throw Faults.of(EvidenceKind.MOUNT_GONE, "it is not mounted");
    }
  }

  /** An activity over a file that fails. */
  @ActivityInterface(namePrefix = "FailingOver")
  public interface FailingOverFile {
    void fail(MediaPath file);
  }

  @ParameterizedTest
  @CsvSource({
    "PROCESS_EXIT, true, MOUNT_GONE",
    "FILE_ACCESS, true, MOUNT_GONE",
    "STALLED, true, MOUNT_GONE",
    "PROCESS_EXIT, false, PROCESS_EXIT",
    "TOOL_UNFIT, true, TOOL_UNFIT",
    "DISK_FULL, true, DISK_FULL"
  })
  void whatFailsOverAFileOfAMountThatIsGoneWaitsForTheMount(
      EvidenceKind thrown, boolean isGone, EvidenceKind seen) {
    FailingOverFile failing =
        file -> {
          gone = isGone;
          throw Faults.of(thrown, "the tool's own words");
        };
    environment.registerActivitiesImplementations(failing);
    FailingOverFile stub = environment.newActivityStub(FailingOverFile.class);

    ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, () -> stub.fail(FILM));

    assertThat(FailureReading.of(failure).kind()).isEqualTo(seen);
  }

  @Test
  void aFileOfAMountThatIsGoneOrHangsIsNotEvenTouched() {
    gone = true;
    List<MediaPath> touched = new CopyOnWriteArrayList<>();
    FailingOverFile touching = touched::add;
    environment.registerActivitiesImplementations(touching);
    FailingOverFile stub = environment.newActivityStub(FailingOverFile.class);

    ActivityFailure failure = catchThrowableOfType(ActivityFailure.class, () -> stub.fail(FILM));

    assertThat(FailureReading.of(failure).kind()).isEqualTo(EvidenceKind.MOUNT_GONE);
    assertThat(touched).isEmpty();
  }
}
