package dev.reencodarr.activities.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.activities.encode.TestTemporal;
import dev.reencodarr.activities.process.Processes;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real server, whose timeouts are far too long to be what helps. */
class LostAttemptsTest {

  private static final Duration SOON = Duration.ofSeconds(30);

  private static TestTemporal temporal;

  private final String queue = "work-" + UUID.randomUUID();
  private final String id = "video/" + UUID.randomUUID();
  private final AttemptsAtWork atWork = new AttemptsAtWork();
  private final Counting activities = new Counting();
  private WorkerFactory workflows;
  private WorkflowStub workflow;

  @BeforeAll
  static void startServer() throws Exception {
    temporal = TestTemporal.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    temporal.close();
  }

  @BeforeEach
  void order() {
    workflows = WorkerFactory.newInstance(temporal.client());
    workflows.newWorker(queue + "-control").registerWorkflowImplementationTypes(Asking.class);
    workflows.start();
    workflow =
        temporal
            .client()
            .newUntypedWorkflowStub(
                "Ordered",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(queue + "-control")
                    .setWorkflowId(id)
                    .build());
    workflow.start(queue);
  }

  @AfterEach
  void stop() {
    workflows.shutdownNow();
  }

  /** One step, which the server retries at once, and gives hours. */
  @WorkflowInterface
  public interface Ordered {

    @WorkflowMethod
    String run(String queue);
  }

  /** Its implementation. */
  public static final class Asking implements Ordered {

    @Override
    public String run(String queue) {
      return Workflow.newActivityStub(
              Step.class,
              ActivityOptions.newBuilder()
                  .setTaskQueue(queue)
                  .setStartToCloseTimeout(Duration.ofHours(1))
                  .setRetryOptions(
                      RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(10)).build())
                  .build())
          .step();
    }
  }

  /** Some step. */
  @ActivityInterface
  public interface Step {

    String step();
  }

  private static final class Counting implements Step {

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    @Override
    public String step() {
      begun.countDown();
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "done";
    }
  }

  private WorkerFactory startWorker() {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            temporal.client(),
            WorkerFactoryOptions.newBuilder().setWorkerInterceptors(atWork).build());
    Worker worker = factory.newWorker(queue);
    worker.registerActivitiesImplementations(activities);
    factory.start();
    return factory;
  }

  /** As a process does that dies before it has read the answer. */
  private void takeAndForget(String identity) {
    var task =
        temporal
            .client()
            .getWorkflowServiceStubs()
            .blockingStub()
            .withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS)
            .pollActivityTaskQueue(
                PollActivityTaskQueueRequest.newBuilder()
                    .setNamespace("default")
                    .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                    .setIdentity(identity)
                    .build());
    assertThat(task.getTaskToken().isEmpty()).as("a task was given").isFalse();
  }

  private LostAttempts lostAttempts() {
    return new LostAttempts(temporal.client(), atWork, "here");
  }

  private int attempts() {
    return workflow.describe().getRawDescription().getPendingActivitiesList().stream()
        .mapToInt(activity -> activity.getAttempt())
        .max()
        .orElse(0);
  }

  private boolean isSeen() {
    return temporal
        .client()
        .listExecutions("ExecutionStatus = 'Running'")
        .map(open -> open.getExecution().getWorkflowId())
        .anyMatch(id::equals);
  }

  @Test
  void whatAKilledProcessWasGivenIsDoneAtOnceByTheNextOne() throws Exception {
    takeAndForget(TestTemporal.WORKER);
    Processes.await("the workflow is listed", SOON, this::isSeen);

    lostAttempts().handBackAll();
    activities.mayEnd.countDown();
    WorkerFactory next = startWorker();

    assertThat(workflow.getResult(SOON.toSeconds(), TimeUnit.SECONDS, String.class))
        .isEqualTo("done");
    next.shutdownNow();
  }

  @Test
  void whatAnotherWorkerWasGivenIsLeftToIt() throws Exception {
    takeAndForget("there:/home/of/the/worker");
    Processes.await("the workflow is listed", SOON, this::isSeen);

    lostAttempts().handBackAll();

    assertThat(attempts()).isEqualTo(1);
  }

  @Test
  void anAttemptThatGotLostOnItsWayIsHandedBackAtTheSecondLook() throws Exception {
    takeAndForget(TestTemporal.WORKER);
    Processes.await("the workflow is listed", SOON, this::isSeen);
    LostAttempts lost = lostAttempts();

    lost.look();
    assertThat(attempts()).as("it may be just beginning").isEqualTo(1);
    lost.look();

    Processes.await("it is handed out again", SOON, () -> attempts() == 2);
  }

  @Test
  void anAttemptThatIsAtWorkIsLeftAlone() throws Exception {
    WorkerFactory worker = startWorker();
    assertThat(activities.begun.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    Processes.await("the workflow is listed", SOON, this::isSeen);
    LostAttempts lost = lostAttempts();

    lost.look();
    lost.look();
    lost.look();

    assertThat(attempts()).isEqualTo(1);
    activities.mayEnd.countDown();
    assertThat(workflow.getResult(SOON.toSeconds(), TimeUnit.SECONDS, String.class))
        .isEqualTo("done");
    worker.shutdownNow();
  }

  @Test
  void aWorkflowThatEndsMeanwhileIsNoError() {
    takeAndForget(TestTemporal.WORKER);
    LostAttempts lost = lostAttempts();
    lost.look();
    workflow.cancel();

    lost.look();

    assertThat(attempts()).isLessThanOrEqualTo(2);
  }
}
