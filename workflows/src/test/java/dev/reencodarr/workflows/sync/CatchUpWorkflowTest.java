package dev.reencodarr.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatchUpWorkflowTest {

  private static final String ID = "catch-up/tv";

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();

  @AfterEach
  void close() {
    environment.close();
  }

  private String run(CatchUpActivities history) {
    environment
        .newWorker(TaskQueues.CONTROL)
        .registerWorkflowImplementationTypes(CatchUpWorkflowImpl.class);
    environment.newWorker(TaskQueues.analyse("attic")).registerActivitiesImplementations(history);
    environment.start();
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            CatchUpWorkflow.class,
            WorkflowOptions.newBuilder().setWorkflowId(ID).setTaskQueue(TaskQueues.CONTROL).build())
        .run(SyncOrder.whole(3, "tv", ArrKind.SONARR, "attic"));
  }

  @Test
  void itTellsHowManyTitlesAreLookedAt() throws Exception {
    assertThat(run(order -> 4)).isEqualTo("4 titles are looked at");
    RecordedRun.replay(environment, ID, CatchUpWorkflowImpl.class, "catch-up");
  }

  @Test
  void aServerThatIsAwayFailsNothingSinceTheNextOneComesSoon() throws Exception {
    assertThat(
            run(order -> {
              throw ApplicationFailure.newNonRetryableFailure(
                  "nobody listens there",
                  EvidenceKind.SONARR.name(),
                  Evidence.of(EvidenceKind.SONARR, "nobody listens there"));
            }))
        .isEqualTo("not read: nobody listens there");
    RecordedRun.replay(environment, ID, CatchUpWorkflowImpl.class, "catch-up-away");
  }
}
