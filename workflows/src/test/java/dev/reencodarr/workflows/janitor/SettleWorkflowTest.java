package dev.reencodarr.workflows.janitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.Planned;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import dev.reencodarr.workflows.video.Claim;
import dev.reencodarr.workflows.video.PausedBy;
import dev.reencodarr.workflows.video.RunKey;
import dev.reencodarr.workflows.video.StateChange;
import dev.reencodarr.workflows.video.VideoActivities;
import dev.reencodarr.workflows.video.VideoEnd;
import dev.reencodarr.workflows.video.VideoOrder;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SettleWorkflowTest {

  private static final MediaPath ROOT = new MediaPath("/tv");
  private static final MediaPath FILM = new MediaPath("/tv/film.mkv");
  private static final UUID ONE = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);
  private static final Settled IN_PLACE =
      new Settled.InPlace(FILM, new SourceIdentity(1, Instant.EPOCH, "a"));

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final VideoId video = new VideoId(UUID.randomUUID());
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Queue<String> attempts = new ConcurrentLinkedQueue<>();
  private final Map<UUID, Settled> settled = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String fault = "";
  private volatile String said = "";
  private volatile Unsettled left = new Unsettled("z", List.of(), List.of(), false, List.of(), "");

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(SettleWorkflowImpl.class);
    control.registerActivitiesImplementations(new Ledger(), new Row());
    environment.newWorker(TaskQueues.files("z")).registerActivitiesImplementations(new Files());
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private SettleWorkflow workflow() {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            SettleWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.video(video))
                .setTaskQueue(TaskQueues.CONTROL)
                .build());
  }

  private String settle() {
    return workflow().settle(video);
  }

  private void awaitSleep() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (environment
        .getWorkflowClient()
        .fetchHistory(WorkflowIds.video(video))
        .getEvents()
        .stream()
        .noneMatch(event -> event.getEventType() == EventType.EVENT_TYPE_TIMER_STARTED)) {
      assertThat(System.nanoTime()).as("it sleeps").isLessThan(deadline);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private void replay(String scenario) throws Exception {
    WorkflowExecutionHistory history =
        environment.getWorkflowClient().fetchHistory(WorkflowIds.video(video));
    String folder = System.getProperty("histories.record", "");
    if (!folder.isEmpty()) {
      java.nio.file.Files.writeString(Path.of(folder, scenario + ".json"), history.toJson(true));
    }
    try (TestWorkflowEnvironment fresh = SteppedEnvironment.open()) {
      WorkflowReplayer.replayWorkflowExecution(history, fresh, SettleWorkflowImpl.class);
    }
  }

  private void fails(int often, String kind, String message) {
    failures.set(often);
    fault = kind;
    said = message;
  }

  private void isLeft(UUID... open) {
    left = new Unsettled("z", List.of(open), List.of(), false, List.of(open), "as it was");
  }

  @Test
  void eachReplacementThatWasBegunIsBroughtToItsEndByName() throws Exception {
    isLeft(ONE, OTHER);
    settled.put(ONE, IN_PLACE);

    assertThat(settle()).isEqualTo("settled " + IN_PLACE);

    assertThat(log).containsExactly("claim", "enter", "settle " + ONE, "settle " + OTHER, "told");
    assertThat(attempts).allMatch(attempt -> attempt.matches("video/" + video + "#[^#]+"));
    replay("settle-two");
  }

  @Test
  void whatWasReplacedUnseenIsWrittenDownAlone() throws Exception {
    left = new Unsettled("z", List.of(ONE), List.of(), false, List.of(), "");

    assertThat(settle()).isEqualTo("finished");

    assertThat(log).containsExactly("claim", "enter", "finish");
    replay("settle-unseen");
  }

  @Test
  void aMountThatIsAwayIsWaitedFor() throws Exception {
    isLeft(ONE);
    fails(3, "MOUNT_GONE", "away");

    assertThat(settle()).startsWith("settled");

    assertThat(log.stream().filter(("settle " + ONE)::equals)).hasSize(4);
    replay("settle-mount-away");
  }

  @Test
  void aMountThatStaysAwayHandsTheRowBack() throws Exception {
    isLeft(ONE);
    fails(9, "MOUNT_GONE", "away");

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::settle);

    assertThat(log.stream().filter(("settle " + ONE)::equals)).hasSize(5);
    assertThat(log).last().asString().startsWith("handed back: ").contains("away");
    replay("settle-handed-back");
  }

  @Test
  void whatOnlyTheOwnerCanMendIsNotWaitedFor() throws Exception {
    isLeft(ONE);
    fails(9, "FILE_OPERATION", "film.mkv: Operation not permitted");

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(this::settle);

    assertThat(log)
        .hasSize(4)
        .containsSubsequence("claim", "enter", "settle " + ONE)
        .last()
        .asString()
        .startsWith("handed back: ")
        .contains("Operation not permitted");
  }

  @Test
  void aSettlingThatIsCancelledHandsTheRowBack() throws Exception {
    isLeft(ONE);
    fails(9, "MOUNT_GONE", "away");
    WorkflowClient.start(workflow()::settle, video);
    WorkflowStub run =
        environment.getWorkflowClient().newUntypedWorkflowStub(WorkflowIds.video(video));

    // Temporal in memory forgets the task where an activity that has just ended is cancelled
    awaitSleep();
    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> run.getResult(String.class));
    assertThat(log).last().isEqualTo("handed back: it was cancelled");
    replay("settle-cancelled");
  }

  @Test
  void whereNothingIsLeftTheRowIsNotTouched() {
    assertThat(settle()).isEqualTo("nothing was left unfinished");

    assertThat(log).isEmpty();
  }

  private final class Ledger implements SettleActivities {

    @Override
    public Unsettled find(VideoId id) {
      return left;
    }

    @Override
    public String finish(VideoId id, RunKey run, Unsettled unsettled) {
      log.add("finish");
      assertThat(unsettled).isEqualTo(left);
      return "finished";
    }

    @Override
    public String settled(VideoId id, RunKey run, Unsettled unsettled, Settled last) {
      log.add("told");
      assertThat(unsettled).isEqualTo(left);
      return "settled " + last;
    }

    @Override
    public void handBack(VideoId id, RunKey run, Unsettled unsettled, String why) {
      assertThat(unsettled).isEqualTo(left);
      log.add("handed back: " + why);
    }
  }

  private final class Row implements VideoActivities {

    @Override
    public Claim claim(VideoOrder order, RunKey run) {
      log.add("claim");
      return new Claim.Proceed(FILM, ROOT, "tv", "z", QualitySettings.defaults());
    }

    @Override
    public @Nullable PausedBy enter(StateChange change) {
      log.add("enter");
      return null;
    }

    @Override
    public Planned plan(VideoOrder order, RunKey run, MediaPath source, Analysis.Analysed facts) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void pause(VideoId video, boolean freezes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void resume(VideoId video) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void finish(VideoOrder order, RunKey run, VideoEnd end) {
      throw new UnsupportedOperationException();
    }
  }

  private final class Files implements ReplaceActivities {

    @Override
    public RestoreOutcome restore(VideoId id, String attempt, MediaPath place) {
      throw new AssertionError("nothing is put elsewhere");
    }

    @Override
    public Accepted accept(VideoId id, String attempt, Acceptance acceptance) {
      throw new AssertionError("nothing is let go");
    }

    @Override
    public RestoreOutcome restoreOrphan(UUID replacement, MediaPath place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Accepted acceptOrphan(UUID replacement, Acceptance acceptance) {
      throw new AssertionError("nothing is let go");
    }

    @Override
    public Settled settle(VideoId id, String attempt, UUID replacement) {
      log.add("settle " + replacement);
      attempts.add(attempt);
      if (failures.getAndDecrement() > 0) {
        throw ApplicationFailure.newNonRetryableFailure(said, fault);
      }
      return settled.getOrDefault(replacement, new Settled.GivenUp("it is another"));
    }

    @Override
    public SwapOutcome swap(SwapRequest request) {
      throw new AssertionError("no attempt of another run is run");
    }

    @Override
    public UndoOutcome undo(VideoId id, String attempt) {
      throw new AssertionError("the latest replacement is not asked for");
    }
  }
}
