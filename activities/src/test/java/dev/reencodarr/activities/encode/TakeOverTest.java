package dev.reencodarr.activities.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.activities.process.CoreBudget;
import dev.reencodarr.activities.process.DetachedJob;
import dev.reencodarr.activities.process.DeviceBudgets;
import dev.reencodarr.activities.process.JobFolder;
import dev.reencodarr.activities.process.JobFolders;
import dev.reencodarr.activities.process.JobRecord;
import dev.reencodarr.activities.process.Machine;
import dev.reencodarr.activities.process.Processes;
import dev.reencodarr.activities.process.TestClips;
import dev.reencodarr.activities.process.TestTools;
import dev.reencodarr.activities.temporal.AttemptsAtWork;
import dev.reencodarr.activities.temporal.LostAttempts;
import dev.reencodarr.workflows.encode.EncodeActivities;
import dev.reencodarr.workflows.encode.EncodeOutcome;
import dev.reencodarr.workflows.encode.EncodeRequest;
import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakeOverTest {

  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path work;
  private TestTemporal temporal;
  private TestEncoder encoder;
  private JobFolders folders;

  @BeforeEach
  void open() throws Exception {
    temporal = TestTemporal.start();
    encoder = new TestEncoder(work, Duration.ofMinutes(5));
    folders = encoder.parts().folders();
  }

  @AfterEach
  void close() throws Exception {
    temporal.close();
    encoder.endAll();
  }

  private WorkerFactory worker(EncodeActivities activities) throws Exception {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            temporal.client(),
            WorkerFactoryOptions.newBuilder().setWorkerInterceptors(new AttemptsAtWork()).build());
    Worker worker =
        factory.newWorker(
            EncodeUntilDone.QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
                .build());
    worker.registerWorkflowImplementationTypes(EncodeUntilDone.Asking.class);
    worker.registerActivitiesImplementations(activities);
    factory.start();
    return factory;
  }

  private WorkflowStub begin(EncodeRequest request) {
    EncodeUntilDone workflow =
        temporal
            .client()
            .newWorkflowStub(
                EncodeUntilDone.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId("video/" + request.video())
                    .setTaskQueue(EncodeUntilDone.QUEUE)
                    .build());
    WorkflowExecution execution = WorkflowClient.start(workflow::run, request);
    return temporal.client().newUntypedWorkflowStub(execution.getWorkflowId());
  }

  /** What a restarted worker has: the same folders, and no memory. */
  private TakeOver takeOver(LivingJobs living, Duration unwanted) {
    EncodeLimits limits =
        new EncodeLimits(
            Duration.ofMinutes(5),
            EncodeLimits.defaults().leastPace(),
            Duration.ofDays(1),
            0,
            Duration.ofSeconds(5),
            unwanted);
    return new TakeOver(
        folders, living, new Machine("here", "default", work), limits, temporal.client());
  }

  private TakeOver takeOver() {
    return takeOver(
        new LivingJobs(folders, DeviceBudgets.ofCpu(new CoreBudget(1, 1))), Duration.ofMinutes(5));
  }

  /** As a worker does that is started anew. */
  private void handBack() {
    new LostAttempts(temporal.client(), new AttemptsAtWork(), "here").handBackAll();
  }

  private JobFolder job() throws Exception {
    return folders.all().getFirst();
  }

  private void awaitRunningJob() throws Exception {
    Processes.await(
        "the job runs", SOON, () -> !folders.all().isEmpty() && DetachedJob.in(job()).isRunning());
  }

  /** Starts a job and is never heard of again, as after kill -9. */
  private final class Vanishing implements EncodeActivities {

    @Override
    public EncodeOutcome encode(EncodeRequest request) {
      ActivityInfo info = Activity.getExecutionContext().getInfo();
      try {
        DetachedJob.in(folders.folder(request.video().toString(), "key"))
            .start(
                List.of("/bin/sh", "-c", "sleep 300; exit"),
                TestTools.tools(),
                work.resolve("home"),
                new JobRecord.Attempt(
                    String.valueOf(info.getWorkflowId()),
                    String.valueOf(info.getWorkflowRunId()),
                    info.getActivityId()),
                Instant.now());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      Activity.getExecutionContext().doNotCompleteOnReturn();
      return new EncodeOutcome.SourceChanged("never said");
    }

    @Override
    public void discard(VideoId video) {
      throw new UnsupportedOperationException();
    }
  }

  /** Answers at once. */
  private static final class Answering implements EncodeActivities {

    @Override
    public EncodeOutcome encode(EncodeRequest request) {
      return new EncodeOutcome.SourceChanged("attached");
    }

    @Override
    public void discard(VideoId video) {
      throw new UnsupportedOperationException();
    }
  }

  private static void shutDown(WorkerFactory factory) {
    factory.shutdownNow();
    factory.awaitTermination(30, TimeUnit.SECONDS);
  }

  @Test
  void aStoppedWorkerLeavesItsEncodeAndTheNextOneTakesItOver() throws Exception {
    Path clip = TestClips.made(work.resolve("film.mkv"), 20);
    EncodeRequest request = EncodeRequests.of(clip, 20, 4);
    // Made before anything runs: its database takes a while, and the encode is not to end in it.
    TestEncoder restarted = new TestEncoder(work, Duration.ofMinutes(5));
    WorkerFactory first = worker(encoder.activities());
    WorkflowStub workflow = begin(request);
    awaitRunningJob();

    shutDown(first);

    assertThat(DetachedJob.in(job()).isRunning()).isTrue();

    assertThat(restarted.parts().living().holdCores()).hasSize(1);
    handBack();
    WorkerFactory second = worker(restarted.activities());
    EncodeUntilDone.Told told = workflow.getResult(EncodeUntilDone.Told.class);
    shutDown(second);

    assertThat(told.outcome())
        .isInstanceOfSatisfying(
            EncodeOutcome.Encoded.class,
            encoded -> {
              assertThat(encoded.launches()).isEqualTo(1);
              assertThat(encoded.sourceFrames()).isEqualTo(500);
            });
    assertThat(told.hosts()).isNotEmpty().containsOnly("here");
  }

  @Test
  void theAttemptOfAKilledWorkerIsGivenUpSoThatItsHostIsAskedAtOnce() throws Exception {
    EncodeRequest request = EncodeRequests.of(TestClips.made(work.resolve("film.mkv"), 1), 1, 10);
    WorkerFactory first = worker(new Vanishing());
    WorkflowStub workflow = begin(request);
    awaitRunningJob();
    shutDown(first);

    TakeOver takeOver = takeOver();
    takeOver.endUnwanted();
    assertThat(DetachedJob.in(job()).isRunning()).as("its own attempt is pending").isTrue();
    handBack();
    takeOver.endUnwanted();
    assertThat(DetachedJob.in(job()).isRunning()).as("the next attempt may come").isTrue();
    WorkerFactory second = worker(new Answering());

    EncodeUntilDone.Told told = workflow.getResult(1, TimeUnit.MINUTES, EncodeUntilDone.Told.class);
    shutDown(second);

    assertThat(told.outcome()).isEqualTo(new EncodeOutcome.SourceChanged("attached"));
    assertThat(told.hosts()).containsExactly("here");

    takeOver.endUnwanted();
    assertThat(folders.all()).as("the workflow is closed").isEmpty();
    assertThat(Processes.living(work.resolve("jobs").toString())).isEmpty();
  }

  @Test
  void aJobOfAWorkflowThatNobodyKnowsIsEnded() throws Exception {
    startFor("video/" + UUID.randomUUID());

    takeOver().endUnwanted();

    assertThat(folders.all()).isEmpty();
    assertThat(Processes.living(work.resolve("jobs").toString())).isEmpty();
  }

  @Test
  void aJobThatAnAttemptComesForWhileTemporalIsAskedRunsOn() throws Exception {
    startFor("video/" + UUID.randomUUID());
    LivingJobs living = new LivingJobs(folders, DeviceBudgets.ofCpu(new CoreBudget(1, 1)));
    TakeOver takeOver = takeOver(living, Duration.ofMinutes(5));
    Thread unwanted =
        new Thread(() -> {
          try {
            takeOver.endUnwanted();
          } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    LivingJobs.Seat seat;
    try (var _ = folders.lock()) {
      unwanted.start();
      Processes.await("Temporal has answered", SOON, () -> waitsForTheLock(unwanted));
      seat = living.attend(job());
    }
    unwanted.join();

    try (seat) {
      assertThat(DetachedJob.in(job()).isRunning()).isTrue();
    }
    takeOver.endUnwanted();
    assertThat(folders.all()).as("nobody waits for it any more").isEmpty();
  }

  private static boolean waitsForTheLock(Thread thread) {
    return !thread.isAlive()
        || Stream.of(thread.getStackTrace())
            .anyMatch(frame ->
                frame.getClassName().equals(JobFolders.class.getName())
                    && frame.getMethodName().equals("lock"));
  }

  @Test
  void aJobRunsOnWhileTemporalCannotBeAsked() throws Exception {
    startFor("video/" + UUID.randomUUID());
    temporal.stop();

    takeOver().endUnwanted();

    assertThat(DetachedJob.in(job()).isRunning()).isTrue();
  }

  private void startFor(String workflowId) throws Exception {
    DetachedJob.in(folders.folder(UUID.randomUUID().toString(), "key"))
        .start(
            List.of("/bin/sh", "-c", "sleep 300; exit"),
            TestTools.tools(),
            work.resolve("home"),
            new JobRecord.Attempt(workflowId, "", "1"),
            Instant.now());
  }

  @Test
  void livingJobsHoldTheirCoresUntilTheyEnd() throws Exception {
    CoreBudget budget = new CoreBudget(1, 1);
    LivingJobs living = new LivingJobs(folders, DeviceBudgets.ofCpu(budget));
    startFor("video/" + UUID.randomUUID());

    assertThat(living.holdCores()).hasSize(1);

    assertThatThrownBy(() ->
            budget.take(() -> {
              throw new IllegalStateException("busy");
            }))
        .hasMessage("busy");
    DetachedJob.in(job()).end(Duration.ZERO);
    try (CoreBudget.Lease lease = budget.take(() -> {})) {
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void anAttemptThatAttachesIsHandedTheCoresOfItsJob() throws Exception {
    CoreBudget budget = new CoreBudget(1, 1);
    LivingJobs living = new LivingJobs(folders, DeviceBudgets.ofCpu(budget));
    startFor("video/" + UUID.randomUUID());
    living.holdCores();
    JobFolder job = job();

    try (LivingJobs.Seat _ = living.attend(job)) {
      assertThat(living.isAttended(job)).isTrue();
      DetachedJob.in(job).end(Duration.ZERO);
    }

    assertThat(living.isAttended(job)).isFalse();
    budget.take(() -> {}).close();
  }
}
