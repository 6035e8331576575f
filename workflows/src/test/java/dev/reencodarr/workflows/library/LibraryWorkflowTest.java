package dev.reencodarr.workflows.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.RequestId;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibraryWorkflowTest {

  private static final ScanTally TALLY = new ScanTally(3, 0, 3, 0, 0, 0, 0, 0);

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final LibraryId library = new LibraryId(UUID.randomUUID());
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger unfitFor = new AtomicInteger();
  private final AtomicInteger goneFor = new AtomicInteger();
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger toStart = new AtomicInteger();
  private volatile boolean rootIsGone = false;
  private volatile boolean batchesWaitForAStart = false;
  private volatile int stayUntilScanned = 0;
  private volatile boolean stayedInVain = false;

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void aRequestIsWalkedAnalysedInBatchesAndItsVideosStarted() throws Exception {
    start();
    WorkRequest request = request();

    result(send(request));

    assertThat(log)
        .containsSubsequence(
            "walk", "batch", "batch", "batch", "scanned", WorkflowIds.library(library) + " works")
        .contains("start");
    assertThat(toStart).hasValue(0);
    replay("library-scanned");
  }

  private void replay(String scenario) throws Exception {
    RecordedRun.replay(
        environment, WorkflowIds.library(library), LibraryWorkflowImpl.class, scenario);
  }

  @Test
  void aRequestThatComesWhileAnotherIsScannedIsNotLost() {
    start();

    WorkflowStub run = send(request());
    send(request());
    result(run);

    assertThat(log.stream().filter("scanned"::equals)).hasSize(2);
  }

  @Test
  void aScanThatFailsAsAWholeIsSaidAndDoesNotStopTheNext() throws Exception {
    start();
    rootIsGone = true;

    WorkflowStub run = send(request());
    rootIsGone = true;
    result(run);

    assertThat(log.stream().filter("gone"::equals)).as("it has had its while").hasSize(4);
    assertThat(log)
        .containsSubsequence(
            "failed: the mount is gone",
            "on record: "
                + new Classification(
                    FailureStage.ANALYSIS,
                    FailureCategory.SYSTEM_ENVIRONMENT,
                    "ENV",
                    "scan of /tv: Library not mounted: the mount is gone",
                    Reaction.GIVE_UP))
        .doesNotContain("scanned");
    replay("library-scan-failed");
  }

  @Test
  void aMountThatIsSlowToComeBackIsWaitedForBeforeTheScanFails() throws Exception {
    start();
    goneFor.set(3);

    result(send(request()));

    assertThat(log)
        .containsSubsequence(
            "gone",
            "on record: "
                + new Classification(
                    FailureStage.ANALYSIS,
                    FailureCategory.SYSTEM_ENVIRONMENT,
                    "ENV",
                    "scan of /tv: Library not mounted: the mount is gone",
                    Reaction.STOP_QUEUE),
            "gone",
            "gone",
            "walk",
            "batch",
            "scanned",
            WorkflowIds.library(library) + " works")
        .noneMatch(word -> word.startsWith("failed"));
    replay("library-mount-slow");
  }

  @Test
  void aWorkerThatIsUnfitForTheAnalysisHasAWhileToBeMendedBeforeTheScanFails() throws Exception {
    start();
    unfitFor.set(3);

    result(send(request()));

    assertThat(log.stream().filter("unfit"::equals)).hasSize(3);
    assertThat(log)
        .containsSubsequence("walk", "unfit", "unfit", "unfit", "batch", "scanned")
        .noneMatch(word -> word.startsWith("failed"));
    replay("library-scan-unfit");
  }

  @Test
  void aScanThatNobodyIsFitForFailsAfterThatWhile() {
    start();
    unfitFor.set(100);

    result(send(request()));

    assertThat(log.stream().filter("unfit"::equals)).hasSize(4);
    assertThat(log).contains("failed: could not start ffprobe").doesNotContain("scanned");
  }

  @Test
  void whatIsAnalysedIsStartedWhileTheRestIsLookedAt() {
    start();
    batchesWaitForAStart = true;

    result(send(request()));

    assertThat(log).containsSubsequence("walk", "batch", "start", "batch", "scanned");
  }

  @Test
  void aRequestIsScannedWhileTheVideosOfAnotherAreAtWork() {
    start();
    stayUntilScanned = 2;

    WorkflowStub run = send(request());
    assertThat(comes(() -> log.contains("scanned"))).isTrue();
    send(request());
    result(run);

    assertThat(log.stream().filter("scanned"::equals)).hasSize(2);
    assertThat(stayedInVain).isFalse();
  }

  private static boolean comes(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    return condition.getAsBoolean();
  }

  private void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(LibraryWorkflowImpl.class);
    control.registerActivitiesImplementations(new Ledger(), (StandingFailureActivities) this::told);
    environment.newWorker(TaskQueues.analyse("z")).registerActivitiesImplementations(new Scan());
    environment.start();
  }

  private WorkRequest request() {
    MediaPath root = new MediaPath("/tv");
    return new WorkRequest(
        new RequestId(UUID.randomUUID()), library, root, "z", List.of(root), Wishes.none(), false);
  }

  private WorkflowStub send(WorkRequest request) {
    WorkflowClient client = environment.getWorkflowClient();
    LibraryWorkflow workflow =
        client.newWorkflowStub(
            LibraryWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TaskQueues.CONTROL)
                .setWorkflowId(WorkflowIds.library(library))
                .build());
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(workflow::run, List.<WorkRequest>of());
    batch.add(workflow::request, request);
    client.signalWithStart(batch);
    return WorkflowStub.fromTyped(workflow);
  }

  private static void result(WorkflowStub run) {
    run.getResult(Void.class);
  }

  private void told(String run, List<StandingFailure> failing, List<String> working) {
    failing.forEach(each -> {
      assertThat(each.subject()).isEqualTo(WorkflowIds.library(library));
      log.add("on record: " + each.classification());
    });
    working.forEach(each -> log.add(each + " works"));
  }

  private final class Scan implements LibraryScanActivities {

    @Override
    public ScanTally walk(WorkRequest request) {
      if (rootIsGone || goneFor.getAndDecrement() > 0) {
        log.add("gone");
        throw ApplicationFailure.newNonRetryableFailure("the mount is gone", "MOUNT_GONE");
      }
      log.add("walk");
      batches.set(2);
      return TALLY;
    }

    @Override
    public int analyseBatch(WorkRequest request) {
      if (unfitFor.getAndDecrement() > 0) {
        log.add("unfit");
        throw ApplicationFailure.newNonRetryableFailure(
            "could not start ffprobe",
            EvidenceKind.TOOL_UNFIT.name(),
            Evidence.of(EvidenceKind.TOOL_UNFIT, "could not start ffprobe"));
      }
      if (batchesWaitForAStart && log.contains("batch")) {
        comes(() -> List.copyOf(log).lastIndexOf("start") > List.copyOf(log).indexOf("batch"));
      }
      log.add("batch");
      toStart.incrementAndGet();
      return batches.getAndDecrement();
    }
  }

  private final class Ledger implements LibraryActivities {

    @Override
    public int startVideos(LibraryId id) {
      log.add("start");
      if (stayUntilScanned > 0
          && !comes(() -> log.stream().filter("scanned"::equals).count() >= stayUntilScanned)) {
        stayedInVain = true;
      }
      return toStart.updateAndGet(left -> Math.max(0, left - 1));
    }

    @Override
    public void scanned(RequestId request, ScanTally tally) {
      log.add("scanned");
    }

    @Override
    public void failed(RequestId request, String why) {
      log.add("failed: " + why);
    }
  }
}
