package dev.reencodarr.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {

  private static final String QUEUE = "gated";
  private static final int TASKS = 20;

  private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
  private final Gates gates = new Gates();

  /** Says who it is. */
  @ActivityInterface(namePrefix = "Who")
  public interface WhoActivities {
    String answers();
  }

  /** Asks many times, one after the other. */
  @WorkflowInterface
  public interface Asking {
    @WorkflowMethod
    List<String> run();

    /** Its implementation. */
    final class Impl implements Asking {
      private final WhoActivities who =
          Workflow.newActivityStub(
              WhoActivities.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(QUEUE)
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .build());

      @Override
      public List<String> run() {
        List<String> answers = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
          answers.add(who.answers());
        }
        return answers;
      }
    }
  }

  @AfterEach
  void close() {
    temporal.close();
  }

  private void gatedWorker(String name) {
    temporal
        .newWorker(QUEUE, gates.behind(QUEUE, 1, WorkerOptions.newBuilder()).build())
        .registerActivitiesImplementations((WhoActivities) () -> name);
  }

  private WorkflowStub ask() {
    Worker asking = temporal.newWorker("asking");
    asking.registerWorkflowImplementationTypes(Asking.Impl.class);
    temporal.start();
    WorkflowStub run =
        temporal
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Asking", WorkflowOptions.newBuilder().setTaskQueue("asking").build());
    run.start();
    return run;
  }

  @SuppressWarnings("unchecked")
  private static List<String> answers(WorkflowStub run) throws Exception {
    return run.getResult(50, TimeUnit.SECONDS, List.class);
  }

  @Test
  void behindAClosedGateNothingIsTakenFromTheStartOnAndAnotherWorkerTakesItAll() throws Exception {
    gatedWorker("closed");
    WorkerFactory other =
        WorkerFactory.newInstance(WorkflowClient.newInstance(temporal.getWorkflowServiceStubs()));
    other.newWorker(QUEUE).registerActivitiesImplementations((WhoActivities) () -> "other");
    WorkflowStub run = ask();
    other.start();

    assertThat(answers(run)).hasSize(TASKS).containsOnly("other");
    other.shutdownNow();
  }

  @Test
  void whatWaitedIsTakenWhenTheGateOpens() throws Exception {
    gatedWorker("opened");
    WorkflowStub run = ask();
    assertThat(gates.of(QUEUE).isOpen()).isFalse();

    gates.of(QUEUE).open();

    assertThat(answers(run)).hasSize(TASKS).containsOnly("opened");
  }

  @Test
  void aWorkerStopsWhileItsGateIsClosed() {
    gatedWorker("closed");
    temporal.start();

    temporal.shutdownNow();
    temporal.awaitTermination(20, TimeUnit.SECONDS);

    assertThat(temporal.isTerminated()).isTrue();
  }
}
