package dev.reencodarr.workflows.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.plan.QualitySettings;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.StagedResult;
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
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SettleWorkflowTest {

  private static final MediaPath ROOT = new MediaPath("/tv");
  private static final MediaPath FILM = new MediaPath("/tv/film.mkv");

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final VideoId video = new VideoId(UUID.randomUUID());
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean revoked = false;
  private volatile Unsettled left = new Unsettled("z", List.of(), List.of(), false);

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

  private String settle() {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            SettleWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.video(video))
                .setTaskQueue(TaskQueues.CONTROL)
                .build())
        .settle(video);
  }

  private SwapRequest swap(String attempt) {
    return new SwapRequest(
        video,
        attempt,
        ROOT,
        FILM,
        new SourceIdentity(1, Instant.EPOCH, "a"),
        FILM,
        new StagedResult(new MediaPath("/tv/.reencodarr/stage/x/y.result"), "y", 1));
  }

  private void isLeft(List<SwapRequest> swaps, boolean undo) {
    left = new Unsettled("z", List.of(UUID.randomUUID()), swaps, undo);
  }

  @Test
  void theLatestAttemptIsRunAgainAsTheServerWouldHaveDone() {
    isLeft(List.of(swap("latest"), swap("earlier")), false);

    assertThat(settle()).isEqualTo("settled");

    assertThat(log).containsExactly("claim", "enter", "swap latest", "finish");
  }

  @Test
  void whatALaterAttemptHasRevokedIsSettledByANewOne() {
    isLeft(List.of(swap("revoked")), false);
    revoked = true;

    settle();

    assertThat(log)
        .hasSize(5)
        .contains("swap revoked")
        .anyMatch(line -> line.startsWith("swap video/" + video) && line.endsWith("#settle"));
  }

  @Test
  void anUndoGoesOn() {
    isLeft(List.of(), true);

    settle();

    assertThat(log).containsExactly("claim", "enter", "undo", "finish");
  }

  @Test
  void aMountThatIsAwayIsWaitedFor() {
    isLeft(List.of(swap("latest")), false);
    failures.set(3);

    assertThat(settle()).isEqualTo("settled");

    assertThat(log.stream().filter("swap latest"::equals)).hasSize(4);
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
      return "settled";
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
    public SwapOutcome swap(SwapRequest request) {
      log.add("swap " + request.attempt());
      if (failures.getAndDecrement() > 0) {
        throw ApplicationFailure.newNonRetryableFailure("away", "MOUNT_GONE");
      }
      return revoked && request.attempt().equals("revoked")
          ? new SwapOutcome.Superseded()
          : new SwapOutcome.SourceChanged("it is another");
    }

    @Override
    public UndoOutcome undo(VideoId id, String attempt) {
      log.add("undo");
      return new UndoOutcome.Refused("no");
    }
  }
}
