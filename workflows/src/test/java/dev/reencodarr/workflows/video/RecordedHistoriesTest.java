package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.broken.RedownloadWorkflowImpl;
import dev.reencodarr.workflows.broken.SourceCheckWorkflowImpl;
import dev.reencodarr.workflows.fleet.FleetWorkflowImpl;
import dev.reencodarr.workflows.janitor.JanitorWorkflowImpl;
import dev.reencodarr.workflows.janitor.SettleWorkflowImpl;
import dev.reencodarr.workflows.library.LibraryWorkflowImpl;
import dev.reencodarr.workflows.sync.CatchUpWorkflowImpl;
import dev.reencodarr.workflows.sync.ConnectionEventsWorkflowImpl;
import dev.reencodarr.workflows.sync.SyncWorkflowImpl;
import dev.reencodarr.workflows.sync.TellWorkflowImpl;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an earlier release has begun goes on with today's code; one folder a release. */
class RecordedHistoriesTest {

  private static final Duration TO_LOAD_CLASSES = Duration.ofSeconds(60);
  private static final Path HISTORIES = Path.of("src/test/resources/histories");

  static List<Path> histories() throws IOException {
    try (Stream<Path> files = Files.walk(HISTORIES)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("histories")
  void replaysWithTodaysCode(Path file) throws Exception {
    try (TestWorkflowEnvironment environment = SteppedEnvironment.open()) {
      // The first replay loads every class there is, which takes its time on a busy machine.
      Worker worker =
          environment.newWorker(
              "replayed",
              WorkerOptions.newBuilder()
                  .setDefaultDeadlockDetectionTimeout(TO_LOAD_CLASSES.toMillis())
                  .build());
      worker.registerWorkflowImplementationTypes(
          VideoWorkflowImpl.class,
          SampleWorkflowImpl.class,
          LibraryWorkflowImpl.class,
          JanitorWorkflowImpl.class,
          FleetWorkflowImpl.class,
          SettleWorkflowImpl.class,
          TellWorkflowImpl.class,
          SyncWorkflowImpl.class,
          ConnectionEventsWorkflowImpl.class,
          CatchUpWorkflowImpl.class,
          RedownloadWorkflowImpl.class,
          SourceCheckWorkflowImpl.class);
      WorkflowReplayer.replayWorkflowExecution(
          WorkflowExecutionHistory.fromJson(Files.readString(file)), worker);
    }
  }

  @Test
  void thereAreHistories() throws IOException {
    assertThat(histories()).isNotEmpty();
  }
}
