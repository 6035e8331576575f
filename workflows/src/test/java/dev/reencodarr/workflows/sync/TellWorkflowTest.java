package dev.reencodarr.workflows.sync;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.TellStart;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TellWorkflowTest {

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final VideoId video =
      new VideoId(UUID.fromString("00000000-0000-0000-0000-000000000007"));
  private final List<Long> rounds = Collections.synchronizedList(new ArrayList<>());
  private WorkflowStub tell;

  /** Who is told answers after so many rounds. */
  private volatile int silentRounds = 0;

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(TellWorkflowImpl.class);
    Worker files = environment.newWorker(TaskQueues.files("attic"));
    files.registerActivitiesImplementations(
        new NobodyToTell(),
        (TellActivities)
            told -> {
              assertThat(told).isEqualTo(video);
              rounds.add(environment.currentTimeMillis() / 1000);
              return rounds.size() > silentRounds
                  ? new TellProgress(2, 0, 0, "")
                  : new TellProgress(0, 2, 0, "plex at http://nas/: nobody listens there");
            });
    environment.start();
    tell = environment.getWorkflowClient().newUntypedWorkflowStub("Tell", TellStart.options(video));
  }

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void whoAnswersAtOnceIsToldOnce() {
    tell.signalWithStart("look", new Object[0], new Object[] {new TellOrder(video, "attic")});
    tell.getResult(Void.class);

    // The signal that came with the start may be seen before or after the first round.
    assertThat(rounds).hasSizeBetween(1, 2);
  }

  @Test
  void whoIsSilentIsTriedAgainForDaysLessAndLessOften() throws Exception {
    silentRounds = 30;

    tell.start(new TellOrder(video, "attic"));
    tell.getResult(Void.class);

    assertThat(rounds).hasSize(31);
    List<Long> pauses = new ArrayList<>();
    for (int round = 1; round < rounds.size(); round++) {
      pauses.add(rounds.get(round) - rounds.get(round - 1));
    }
    // To the minute: seconds are cut off where they are read, and each round takes some of its own.
    assertThat(pauses).isSortedAccordingTo(comparingLong(pause -> Math.round(pause / 60.0)));
    assertThat(pauses.getFirst()).isBetween(30L, 40L);
    assertThat(pauses.getLast()).isBetween(6 * 3600L, 6 * 3600L + 60);
    assertThat(rounds.getLast() - rounds.getFirst()).isGreaterThan(Duration.ofDays(4).toSeconds());
    RecordedRun.replay(environment, WorkflowIds.tell(video), TellWorkflowImpl.class, "tell");
  }

  @Test
  void whatIsNewIsToldAtOnceThoughTheNextRoundIsHoursAway() {
    silentRounds = 10;
    tell.start(new TellOrder(video, "attic"));
    environment.sleep(Duration.ofHours(2));
    int before = rounds.size();
    assertThat(before).isLessThan(10);

    tell.signal("look");
    environment.sleep(Duration.ofSeconds(5));

    assertThat(rounds).hasSizeGreaterThan(before);
    tell.getResult(Void.class);
  }
}
