package dev.reencodarr.activities.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.PauseRepository;
import dev.reencodarr.activities.store.PauseScope;
import dev.reencodarr.activities.store.RequestRepository;
import dev.reencodarr.activities.store.Rows;
import dev.reencodarr.activities.store.TestDatabase;
import dev.reencodarr.activities.store.Video;
import dev.reencodarr.activities.store.VideoClaims;
import dev.reencodarr.activities.store.VideoRepository;
import dev.reencodarr.activities.store.WorkerRepository;
import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.fleet.FleetView;
import dev.reencodarr.workflows.fleet.FleetWorkflowImpl;
import dev.reencodarr.workflows.library.LibraryWorkflow;
import dev.reencodarr.workflows.library.WorkRequest;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.temporal.FairShare;
import dev.reencodarr.workflows.temporal.FleetStart;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.VideoStart;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import dev.reencodarr.workflows.video.VideoWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fleet's workflow with a real database; the videos' workflows only listen. */
class FleetControlTest {

  private static final Queue<String> HEARD = new ConcurrentLinkedQueue<>();

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private Database database;
  private VideoRepository videos;
  private PauseRepository pauses;
  private Library library;
  private Library other;
  private WorkflowStub fleet;

  /** Waits until it is cancelled, and takes down what it is told. */
  public static final class Listening implements VideoWorkflow {

    @Override
    public VideoEnd run(VideoOrder order) {
      Workflow.await(() -> false);
      throw new IllegalStateException("nobody waits for this");
    }

    private static void hear(String word) {
      HEARD.add(word + " " + Workflow.getInfo().getWorkflowId());
    }

    @Override
    public void retry() {
      hear("retry");
    }

    @Override
    public void requireParked() {}

    @Override
    public void pause(boolean freezes) {
      hear("pause");
    }

    @Override
    public void resume() {
      hear("resume");
    }

    @Override
    public void approve() {
      hear("approve");
    }

    @Override
    public void requireHeldToApprove() {}

    @Override
    public void reject(String reason) {
      hear("reject");
    }

    @Override
    public void requireHeldToReject(String reason) {}

    @Override
    public void look() {
      hear("look");
    }
  }

  /** Stays open with whatever it is told. */
  public static final class Told implements LibraryWorkflow {

    @Override
    public void run(List<WorkRequest> carriedOver) {
      Workflow.await(() -> false);
    }

    @Override
    public void request(WorkRequest request) {
      HEARD.add("order " + Workflow.getInfo().getWorkflowId());
    }
  }

  @BeforeEach
  void start() {
    HEARD.clear();
    database = TestDatabase.fresh();
    videos = new VideoRepository(database);
    pauses = new PauseRepository(database);
    library = writable("TV", "/tv");
    other = writable("Films", "/films");
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(
        FleetWorkflowImpl.class, Listening.class, Told.class);
    control.registerActivitiesImplementations(
        new FleetControl(database, environment.getWorkflowClient()), new FleetLook(database));
    environment.start();
    fleet = environment.getWorkflowClient().newUntypedWorkflowStub("Fleet", FleetStart.options());
    fleet.start();
  }

  private Library writable(String name, String root) {
    return new LibraryRepository(database).add(name, new MediaPath(root), "default", false);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private String say(String word, String scope) {
    return fleet.update(word, String.class, scope);
  }

  private Video now(Video video) {
    return videos.find(video.id()).orElseThrow();
  }

  private Video found(Library in, String name) {
    return Rows.video(database, in, in.root() + "/" + name);
  }

  /** One with a workflow, which has come to this state. */
  private Video atWork(Library in, String name, VideoState state) {
    Video video = found(in, name);
    WorkflowClient client = environment.getWorkflowClient();
    VideoOrder order = new VideoOrder(video.id(), VideoOrder.Purpose.ENCODE, Wishes.none());
    VideoWorkflow workflow =
        client.newWorkflowStub(
            VideoWorkflow.class,
            VideoStart.options(video.id(), FairShare.of(in.id()), in.name(), video.path(), 3));
    WorkflowExecution execution = WorkflowClient.start(workflow::run, order);
    RunKey run = new RunKey(execution.getWorkflowId(), execution.getRunId());
    VideoClaims claims = new VideoClaims(database);
    claims.claim(order, run, _ -> false);
    claims.enter(new StateChange(video.id(), run, 1, VideoState.ANALYSING, "begun"));
    claims.enter(new StateChange(video.id(), run, 2, state, "at work"));
    assertThat(now(video).state()).isEqualTo(state);
    return video;
  }

  private Video failed(Library in, String name) {
    Video video = found(in, name);
    videos.fail(
        video.id(),
        new Classification(
            FailureStage.ANALYSIS,
            FailureCategory.FILE_ACCESS,
            "FILE_ACCESS",
            "gone",
            Reaction.GIVE_UP));
    return video;
  }

  private FleetView view() {
    return fleet.query("view", FleetView.class);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void aLibraryIsPausedFrozenAndResumedByItsNameOrIdAndThatIsShown() throws Exception {
    assertThat(say("pause", library.name()))
        .isEqualTo("library " + library.name() + " paused; what runs is finished first");
    assertThat(pauses.list())
        .singleElement()
        .matches(pause -> pause.scope().equals(new PauseScope.OfLibrary(library.id())));
    await(() -> view().pauses().size() == 1);
    assertThat(view().pauses().getFirst()).startsWith("library " + library.name() + " since ");

    assertThat(say("freeze", library.id().toString())).endsWith("what runs is frozen");
    assertThat(pauses.list()).singleElement().matches(pause -> pause.freezes());

    assertThat(say("resume", other.name()))
        .isEqualTo("library " + other.name() + ": 0 pauses lifted, 0 waiting videos called");
    assertThat(pauses.list()).hasSize(1);
    assertThat(say("resume", library.name())).contains("1 pause lifted");
    assertThat(pauses.list()).isEmpty();
  }

  @Test
  void resumingEverythingLiftsEveryPauseAndCallsWhatWaits() throws Exception {
    Video waiting = atWork(library, "waits.mkv", VideoState.WAITING);
    say("pause", "everything");
    say("pause", other.name());
    pauses.pause(new PauseScope.OfVideo(waiting.id()), true);
    fleet.signal("look");
    await(() -> view().pauses().size() == 2 && view().videosPaused() == 1);

    assertThat(say("resume", "everything"))
        .isEqualTo("everything: 3 pauses lifted, 1 waiting video called");

    await(() -> HEARD.contains("look " + WorkflowIds.video(waiting.id())));
  }

  @Test
  void cancellingALibraryEndsWhatRunsAndWhatIsNotBegunAndLeavesOthersAlone() throws Exception {
    Video running = atWork(library, "runs.mkv", VideoState.ENCODING);
    Video found = found(library, "found.mkv");
    Video elsewhere = atWork(other, "runs.mkv", VideoState.ENCODING);

    assertThat(say("cancel", library.name()))
        .isEqualTo("library " + library.name() + ": 2 videos cancelled");

    assertThat(now(found).state()).isEqualTo(VideoState.CANCELLED);
    // Not by its result: who waits for that lets the years go by that the other has.
    await(() -> status(running) == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
    assertThat(status(elsewhere))
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
  }

  private WorkflowExecutionStatus status(Video video) {
    return run(video).describe().getStatus();
  }

  private WorkflowStub run(Video video) {
    return environment.getWorkflowClient().newUntypedWorkflowStub(WorkflowIds.video(video.id()));
  }

  @Test
  void retryingEverythingOrdersWhatHasFailedAgainAndLetsParkedVideosGoOn() throws Exception {
    Video failed = failed(library, "failed.mkv");
    Video parked = atWork(other, "parked.mkv", VideoState.WAITING);

    assertThat(say("retry", "everything"))
        .isEqualTo("everything: 1 video ordered again, 1 parked video going on");

    assertThat(now(failed).state()).isEqualTo(VideoState.FOUND);
    assertThat(new RequestRepository(database).open(library.id()))
        .flatExtracting(WorkRequest::scopes)
        .containsExactly(failed.path());
    assertThat(HEARD).contains("retry " + WorkflowIds.video(parked.id()));
    await(() -> HEARD.contains("order " + WorkflowIds.library(library.id())));
  }

  @Test
  void anUnknownLibraryIsRefusedWithTheNamesOfThoseThereAre() {
    found(library, "found.mkv");

    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> say("cancel", "Moovies"))
        .havingCause()
        .withMessageContaining("there is no library Moovies")
        .withMessageContaining(other.name());
    assertThat(videos.countsByState()).containsEntry(VideoState.FOUND, 1L);
  }

  @Test
  void aWorkerThatDoesNotServeAQueueIsShownWithTheReason() throws Exception {
    new WorkerRepository(database)
        .heartbeat(
            "vault",
            "default",
            List.of("control", "encode-cpu@default"),
            Map.of("encode-cpu@default", "ffmpeg has no working libvmaf"),
            "",
            new WorkerRepository.Power(1, 1),
            "test",
            Instant.now());

    fleet.signal("look");

    await(() -> !view().workers().isEmpty());
    assertThat(view().workers())
        .containsExactly(
            new FleetView.Worker(
                "vault",
                "default",
                List.of("control", "encode-cpu@default"),
                List.of(
                    new FleetView.NotServed(
                        "encode-cpu@default", "ffmpeg has no working libvmaf"))));
    assertThat(view().details()).contains("does not serve", "ffmpeg has no working libvmaf");
  }
}
