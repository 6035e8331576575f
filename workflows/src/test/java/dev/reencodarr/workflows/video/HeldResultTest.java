package dev.reencodarr.workflows.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.workflows.analysis.Analysis;
import dev.reencodarr.workflows.analysis.FileFacts;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.Encoder;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SkipReason;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.plan.Metric;
import dev.reencodarr.workflows.plan.ResultCheck;
import dev.reencodarr.workflows.plan.Review;
import dev.reencodarr.workflows.plan.Wishes;
import dev.reencodarr.workflows.replace.Room;
import dev.reencodarr.workflows.replace.StagedResult;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that are held until somebody approves or rejects them. */
@Timeout(60)
class HeldResultTest {

  private static final Duration A_LOOK = Duration.ofHours(7);

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final ScriptedWorld world = new ScriptedWorld();
  private final VideoId video = new VideoId(UUID.randomUUID());

  @BeforeEach
  void start() {
    world.startIn(environment);
    world.rules = settings -> settings.with(Review.HOLD);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private WorkflowStub started() {
    return started(Wishes.none());
  }

  private WorkflowStub started(Wishes wishes) {
    WorkflowStub run =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(
                "Video",
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.CONTROL)
                    .setWorkflowId(WorkflowIds.video(video))
                    .build());
    run.start(new VideoOrder(video, VideoOrder.Purpose.ENCODE, wishes));
    return run;
  }

  /** Starts it, and returns when its result waits and its machine is free again. */
  private WorkflowStub held() {
    WorkflowStub run = started();
    awaitHeld(1);
    return run;
  }

  private void awaitHeld(int times) {
    await(
        "it waits for a review",
        () ->
            world.states.stream()
                        .filter(change -> change.state() == VideoState.WAITING)
                        .filter(change -> HeldResult.isWaitedFor(change.detail()))
                        .count()
                    >= times
                && world.count("discard") >= times);
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static VideoEnd end(WorkflowStub run) {
    return run.getResult(VideoEnd.class);
  }

  private void replay(String scenario) throws Exception {
    RecordedRun.replay(environment, WorkflowIds.video(video), VideoWorkflowImpl.class, scenario);
  }

  private static Runnable failing(EvidenceKind kind) {
    return failing(kind, kind.name());
  }

  private static Runnable failing(EvidenceKind kind, String message) {
    return () -> {
      throw ApplicationFailure.newNonRetryableFailure(
          message,
          kind.name(),
          new Evidence(kind, message, -1, 0, List.of(), "", Map.of("host", ScriptedWorld.HOST)));
    };
  }

  private HeldResult left(SourceIdentity identity) {
    return new HeldResult(
        video,
        new MediaPath("/tv"),
        ScriptedWorld.SOURCE,
        identity,
        ScriptedWorld.SOURCE,
        new StagedResult(new MediaPath("/tv/.reencodarr/stage/x.mkv"), "sum", 5),
        new VideoEnd.Encode(
            Encoder.LIBSVTAV1,
            8,
            33,
            95,
            95.1,
            60,
            3,
            0,
            Metric.VMAF,
            OptionalDouble.empty(),
            ResultCheck.OFF,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty()));
  }

  @Test
  void anApprovedResultReplacesItsSource() throws Exception {
    WorkflowStub run = held();

    assertThat(world.reviews.rows).containsKey(video);
    assertThat(world.count("swap")).isZero();
    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.log)
        .as("the machine is free while it waits; quarantine is asked for once it is sure to fill")
        .containsSubsequence(
            "room to hold",
            "probe",
            "room to hold",
            "encode",
            "verify",
            "stage",
            "held",
            "discard",
            "approved",
            "reserve",
            "swap",
            "finish");
    assertThat(world.count("encode")).isEqualTo(1);
    assertThat(world.count("drop")).isZero();
    replay("held-and-approved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"the grain is gone", ""})
  void aRejectedResultGoesAndItsSourceIsLeftAlone(String reason) throws Exception {
    WorkflowStub run = held();

    run.update(VideoWorkflow.REJECT, Void.class, reason);

    assertThat(end(run))
        .isEqualTo(
            new VideoEnd.Skipped(
                SkipReason.REJECTED, reason.isEmpty() ? "its result was rejected" : reason));
    assertThat(world.log).contains("drop").doesNotContain("swap");
    assertThat(world.reviews.rows).isEmpty();
    if (!reason.isEmpty()) {
      replay("held-and-rejected");
    }
  }

  @Test
  void oneWhoseSourceHasChangedGoesAndTheVideoBeginsAgain() throws Exception {
    WorkflowStub run = held();
    world.reviews.look = new HeldLook.SourceChanged("its size is another");

    environment.sleep(A_LOOK);
    awaitHeld(2);
    world.reviews.look = new HeldLook.AsItWas();
    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.log)
        .containsSubsequence(
            "held", "look at held", "drop", "forget", "analyse", "encode", "held", "swap");
    assertThat(world.count("swap")).isEqualTo(1);
    replay("held-while-its-source-changed");
  }

  @Test
  void oneWhoseSourceIsSeenToHaveChangedOnlyAtTheSwapIsNotHeldOnTo() {
    world.lateChanges.set(1);
    SourceIdentity other = new SourceIdentity(7_000_000, Instant.EPOCH, "other");
    world.next(
        "swap",
        () ->
            world.analysis =
                new Analysis.Analysed(new FileFacts(other, 1, false), ScriptedWorld.facts()));
    WorkflowStub run = held();
    run.update(VideoWorkflow.APPROVE, Void.class);
    awaitHeld(2);

    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.log).containsSubsequence("approved", "swap", "drop", "held", "swap");
    assertThat(world.count("encode")).as("what was approved is of another file").isEqualTo(2);
  }

  @Test
  void aCancelledVideoTakesItsResultAlong() throws Exception {
    WorkflowStub run = held();

    run.cancel();

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> end(run));
    assertThat(world.ends).containsExactly(new VideoEnd.Cancelled());
    assertThat(world.log).containsSubsequence("held", "drop", "forget").doesNotContain("swap");
    replay("held-and-cancelled");
  }

  @Test
  void soDoesOneWhoseLibraryIsRemovedWhileNobodyCouldTellIt() throws Exception {
    world.next("look at held", failing(EvidenceKind.LIBRARY_REMOVED));
    WorkflowStub run = held();

    environment.sleep(A_LOOK);

    assertThat(end(run)).isEqualTo(new VideoEnd.Cancelled());
    assertThat(world.log).containsSubsequence("held", "drop", "forget").doesNotContain("swap");
    replay("held-while-its-library-was-removed");
  }

  @Test
  void aResultThatSomebodyHasTakenAwayIsMadeOnceMore() throws Exception {
    WorkflowStub run = held();
    world.reviews.look = new HeldLook.ResultGone("there is none");

    environment.sleep(A_LOOK);
    awaitHeld(2);
    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("encode")).isEqualTo(2);
    assertThat(world.count("discard")).as("no work folder is left").isEqualTo(2);
    assertThat(world.log)
        .as("its room went with it")
        .containsSubsequence("encode", "held", "forget", "room to hold", "encode", "held");
    replay("held-and-taken-away");
  }

  @Test
  void aLostWorkerOrAMountThatIsAwayLosesNothing() {
    world.next("look at held", failing(EvidenceKind.WORKER_LOST), failing(EvidenceKind.MOUNT_GONE));
    WorkflowStub run = held();

    environment.sleep(Duration.ofDays(2));
    await("it was looked at", () -> world.count("look at held") >= 4);
    await(
        "it waits for the same again",
        () ->
            HeldResult.isWaitedFor(
                world.states.stream().reduce((_, last) -> last).orElseThrow().detail()));
    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("encode")).isEqualTo(1);
  }

  @Test
  void anErrorOfTheFilesFailsTheVideoAndLeavesItsResultForTheNextRun() {
    world.next("look at held", failing(EvidenceKind.FILE_ACCESS, "Permission denied"));
    WorkflowStub run = held();

    environment.sleep(A_LOOK);

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> end(run));
    assertThat(world.ends).singleElement().isInstanceOf(VideoEnd.Failed.class);
    assertThat(world.log).doesNotContain("drop", "forget");
    assertThat(world.reviews.rows).containsKey(video);

    WorkflowStub again = started();
    await("it waits again", () -> world.count("held") == 2);
    again.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(again)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("encode")).isEqualTo(1);
  }

  @Test
  void soDoesOneBeforeAnApprovedResultTakesItsPlace() {
    WorkflowStub run = held();
    world.next("reserve", failing(EvidenceKind.FILE_ACCESS, "Permission denied"));
    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThatExceptionOfType(WorkflowFailedException.class).isThrownBy(() -> end(run));
    assertThat(world.log).doesNotContain("drop", "forget");

    assertThat(end(started())).as("it is approved already").isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.count("encode")).isEqualTo(1);
  }

  @Test
  void aWordThatMeansNothingIsRefused() {
    Room full = new Room.None("room");
    world.reviews.rooms.add(full);
    WorkflowStub run = started();
    await(
        "it waits for room",
        () -> world.states.stream().anyMatch(change -> change.detail().equals("room")));

    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> run.update(VideoWorkflow.APPROVE, Void.class))
        .havingCause()
        .withMessageContaining("no result of it waits for a review, it waits for: room");
    assertThat(world.count("probe")).as("nothing is made that cannot be held").isZero();
    environment.sleep(Duration.ofMinutes(6));
    awaitHeld(1);
    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> run.update(VideoWorkflow.RETRY, Void.class))
        .havingCause()
        .withMessageContaining("approve or reject");

    world.paused.set(PausedBy.VIDEO);
    run.update(VideoWorkflow.APPROVE, Void.class);
    await(
        "it is paused",
        () -> world.states.stream().anyMatch(change -> change.detail().equals("it is paused")));
    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> run.update(VideoWorkflow.REJECT, Void.class, ""))
        .havingCause()
        .withMessageContaining("approved already");
    run.update("resume", Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
  }

  @Test
  void whatAnEarlierRunHasHeldIsNotMadeAgain() throws Exception {
    world.reviews.rows.put(
        video, new ReviewRowActivities.Known(left(ScriptedWorld.IDENTITY), false));
    WorkflowStub run = started();
    await("it waits", () -> world.count("held") == 1);

    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run))
        .isInstanceOfSatisfying(
            VideoEnd.Encoded.class, encoded -> assertThat(encoded.encode().crf()).isEqualTo(33));
    assertThat(world.log).doesNotContain("probe", "encode");
    replay("held-before");
  }

  @Test
  void whatWasApprovedBeforeItsRunWasLostNeedsNoFurtherWord() throws Exception {
    world.reviews.rows.put(
        video, new ReviewRowActivities.Known(left(ScriptedWorld.IDENTITY), true));

    assertThat(end(started())).isInstanceOf(VideoEnd.Encoded.class);

    assertThat(world.log).contains("swap").doesNotContain("probe", "encode", "held");
    replay("approved-before");
  }

  @Test
  void whatAnEarlierRunHasHeldOfAnotherFileIsRemoved() {
    world.reviews.rows.put(
        video,
        new ReviewRowActivities.Known(left(new SourceIdentity(7, Instant.EPOCH, "other")), true));
    WorkflowStub run = held();

    run.update(VideoWorkflow.APPROVE, Void.class);

    assertThat(end(run)).isInstanceOf(VideoEnd.Encoded.class);
    assertThat(world.log).containsSubsequence("drop", "probe", "encode", "held");
  }

  @Test
  void whatGoesToAnOutputFolderReplacesNothingAndIsNotHeld() {
    WorkflowStub run =
        started(
            new Wishes(
                OptionalDouble.empty(), Optional.empty(), 3, Optional.of(new MediaPath("/out"))));

    assertThat(end(run)).isInstanceOf(VideoEnd.DeliveredTo.class);
    assertThat(world.log).doesNotContain("held", "room to hold");
  }
}
