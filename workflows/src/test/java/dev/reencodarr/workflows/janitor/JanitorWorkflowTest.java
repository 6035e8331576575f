package dev.reencodarr.workflows.janitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.replace.Expiring;
import dev.reencodarr.workflows.replace.ExpiryActivities;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JanitorWorkflowTest {

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final LibraryId films = new LibraryId(UUID.randomUUID());
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Queue<JanitorReport> kept = new ConcurrentLinkedQueue<>();
  private volatile List<String> hosts = List.of("here");
  private volatile boolean libraryFails = false;
  private volatile Expiring expiring = new Expiring(0, 0, List.of());

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(JanitorWorkflowImpl.class);
    control.registerActivitiesImplementations(new Rows(), (ExpiryActivities) () -> expiring);
    environment
        .newWorker(TaskQueues.analyse("z"))
        .registerActivitiesImplementations(new Libraries());
    environment
        .newWorker(TaskQueues.host("here"))
        .registerActivitiesImplementations(new Machines());
    environment.newWorker(TaskQueues.host("away")).registerActivitiesImplementations(new Away());
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private JanitorReport round(boolean whole) {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            JanitorWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId("janitor")
                .setTaskQueue(TaskQueues.CONTROL)
                .build())
        .run(new JanitorOrder(whole));
  }

  private static List<String> lines(JanitorReport report) {
    return report.findings().stream().map(Finding::line).toList();
  }

  @Test
  void everythingIsLookedAtAndEachFindingHasItsLine() throws Exception {
    JanitorReport report = round(true);

    assertThat(lines(report))
        .containsExactlyInAnyOrder(
            "replacements", "rows", "workflows", "leftovers", "files", "processes", "folders");
    assertThat(report.count()).isEqualTo(7);
    assertThat(log).containsSubsequence("replacements", "rows", "workflows");
    assertThat(kept).containsExactly(report);
    RecordedRun.replay(environment, "janitor", JanitorWorkflowImpl.class, "janitor-whole");
  }

  @Test
  void theFilesOfALibraryAreLeftInPeaceMostOfTheTime() {
    assertThat(lines(round(false))).contains("leftovers").doesNotContain("files");
  }

  @Test
  void aMachineThatDoesNotAnswerIsSaidAndHoldsUpNobody() {
    hosts = List.of("away", "here");
    assertThat(ActivityTimings.sweepMachine("away").getScheduleToStartTimeout())
        .as("nobody polls the queue of a machine that is away")
        .isEqualTo(ActivityTimings.HOST_PATIENCE);

    JanitorReport report = round(true);

    assertThat(report.count()).isEqualTo(9);
    assertThat(lines(report))
        .contains("processes", "folders", "files", "rows")
        .contains(
            "work folder of away: not done: it does not answer",
            "programs on away: not done: it does not answer");
  }

  @Test
  void aPartThatFailsIsSaidWithItsReasonAndTheOthersAreDone() throws Exception {
    libraryFails = true;

    JanitorReport report = round(true);

    assertThat(lines(report))
        .contains(
            "files of library films: not done: the mount is gone",
            "own folders in library films: not done: the mount is gone",
            "rows",
            "folders");
    assertThat(kept).containsExactly(report);
    RecordedRun.replay(environment, "janitor", JanitorWorkflowImpl.class, "janitor-part-failed");
  }

  @Test
  void whatIsKeptForLongEnoughIsSaid() {
    expiring = new Expiring(3, 1, List.of());

    assertThat(lines(round(false)))
        .contains("expired quarantine: 3 videos let go what is kept of them");
  }

  private Swept found(String what) {
    log.add(what);
    return Swept.of(List.of(new Finding(FindingKind.LEFTOVER, what)));
  }

  private final class Rows implements RowSweepActivities {

    @Override
    public JanitorRounds rounds(JanitorOrder order) {
      return new JanitorRounds(
          order.whole(), hosts, List.of(new JanitorRounds.Place(films, "films", "z")));
    }

    @Override
    public Swept unfinishedReplacements() {
      return found("replacements");
    }

    @Override
    public Swept rowsWithoutWorkflow() {
      return found("rows");
    }

    @Override
    public Swept workflowsWithoutRow() {
      return found("workflows");
    }

    @Override
    public void ended(JanitorReport report) {
      kept.add(report);
    }
  }

  private final class Libraries implements LibrarySweepActivities {

    @Override
    public Swept files(LibraryId library) {
      requireMounted();
      return found("files");
    }

    @Override
    public Swept leftovers(LibraryId library, boolean whole) {
      requireMounted();
      return found("leftovers");
    }

    private void requireMounted() {
      if (libraryFails) {
        throw ApplicationFailure.newNonRetryableFailure("the mount is gone", "MOUNT_GONE");
      }
    }
  }

  private final class Machines implements MachineSweepActivities {

    @Override
    public Swept processes() {
      return found("processes");
    }

    @Override
    public Swept folders() {
      return found("folders");
    }
  }

  /** Is given up only when all others are done. */
  private final class Away implements MachineSweepActivities {

    @Override
    public Swept processes() {
      return givenUp();
    }

    @Override
    public Swept folders() {
      return givenUp();
    }

    private Swept givenUp() {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!log.containsAll(List.of("processes", "folders", "leftovers", "files", "workflows"))) {
        assertThat(System.nanoTime()).as("the others are held up").isLessThan(deadline);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
      throw ApplicationFailure.newNonRetryableFailure("it does not answer", "AWAY");
    }
  }
}
