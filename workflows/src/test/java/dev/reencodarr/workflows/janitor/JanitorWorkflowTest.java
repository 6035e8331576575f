package dev.reencodarr.workflows.janitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.failure.Classification;
import dev.reencodarr.workflows.failure.FailureCategory;
import dev.reencodarr.workflows.failure.FailureStage;
import dev.reencodarr.workflows.failure.Reaction;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Acceptance;
import dev.reencodarr.workflows.replace.Accepted;
import dev.reencodarr.workflows.replace.Expiring;
import dev.reencodarr.workflows.replace.ExpiryActivities;
import dev.reencodarr.workflows.replace.ReplaceActivities;
import dev.reencodarr.workflows.replace.RestoreOutcome;
import dev.reencodarr.workflows.replace.Settled;
import dev.reencodarr.workflows.replace.SwapOutcome;
import dev.reencodarr.workflows.replace.SwapRequest;
import dev.reencodarr.workflows.replace.UndoOutcome;
import dev.reencodarr.workflows.temporal.ActivityTimings;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Map<String, Classification> failing = new ConcurrentHashMap<>();
  private volatile List<String> working = List.of();
  private volatile boolean libraryFails = false;
  private volatile boolean rowsFail = false;
  private volatile Optional<UUID> unmounted = Optional.empty();
  private volatile Expiring expiring = new Expiring(0, 0, List.of());

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(JanitorWorkflowImpl.class);
    control.registerActivitiesImplementations(
        new Rows(), (ExpiryActivities) () -> expiring, (StandingFailureActivities) this::told);
    environment
        .newWorker(TaskQueues.analyse("z"))
        .registerActivitiesImplementations(new Libraries());
    environment
        .newWorker(TaskQueues.host("here"))
        .registerActivitiesImplementations(new Machines());
    environment.newWorker(TaskQueues.files("z")).registerActivitiesImplementations(new Files());
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
    assertThat(failing)
        .containsOnlyKeys("janitor/files of library films", "janitor/own folders in library films")
        .containsEntry(
            "janitor/files of library films",
            new Classification(
                FailureStage.POST_PROCESS,
                FailureCategory.CLEANUP,
                "CLEANUP",
                "files of library films: not done: the mount is gone",
                Reaction.WAIT_AND_RETRY));
    assertThat(working).contains("janitor/round", "janitor/programs on here");
    RecordedRun.replay(environment, "janitor", JanitorWorkflowImpl.class, "janitor-part-failed");
  }

  @Test
  void aPartThatIsNotDueStaysAsItWasAndOneThatIsDoneWorks() {
    round(false);

    assertThat(failing).isEmpty();
    assertThat(working)
        .contains("janitor/own folders in library films", "janitor/round")
        .doesNotContain("janitor/files of library films");
  }

  @Test
  void aRoundThatFailsAsAWholeIsOnRecordUntilOneSucceeds() throws Exception {
    rowsFail = true;

    assertThatThrownBy(() -> round(true)).isInstanceOf(WorkflowFailedException.class);

    assertThat(failing)
        .containsExactly(
            Map.entry(
                "janitor/round",
                new Classification(
                    FailureStage.POST_PROCESS,
                    FailureCategory.SYSTEM_ENVIRONMENT,
                    "ENV",
                    "the janitor's round: Infrastructure: the database is away",
                    Reaction.WAIT_AND_RETRY)));
    assertThat(working).isEmpty();
    RecordedRun.replay(environment, "janitor", JanitorWorkflowImpl.class, "janitor-failed");

    rowsFail = false;
    round(true);

    assertThat(failing).isEmpty();
    assertThat(working).contains("janitor/round");
  }

  @Test
  void whatIsKeptForLongEnoughIsSaid() {
    expiring = new Expiring(3, 1, List.of());

    assertThat(lines(round(false)))
        .contains("expired quarantine: 3 videos let go what is kept of them");
  }

  @Test
  void anOrphanThatCannotBeLetGoHoldsUpNoOther() throws Exception {
    UUID gone = UUID.randomUUID();
    UUID well = UUID.randomUUID();
    unmounted = Optional.of(gone);
    expiring =
        new Expiring(3, 0, List.of(new Expiring.Orphan(gone, "z"), new Expiring.Orphan(well, "z")));

    JanitorReport report = round(false);

    RecordedRun.replay(environment, "janitor", JanitorWorkflowImpl.class, "janitor-orphans");
    assertThat(lines(report))
        .filteredOn(line -> line.startsWith("expired quarantine"))
        .containsExactly(
            "expired quarantine: 3 videos let go what is kept of them",
            "expired quarantine of replacement " + gone + ": not done: the mount is gone",
            "expired quarantine of replacement "
                + well
                + ", whose video is not known any more: let go");
    assertThat(failing).containsOnlyKeys("janitor/expired quarantine");
    assertThat(working).doesNotContain("janitor/expired quarantine");

    unmounted = Optional.empty();
    expiring = new Expiring(0, 0, List.of(new Expiring.Orphan(gone, "z")));
    round(false);

    assertThat(failing).isEmpty();
    assertThat(working).contains("janitor/expired quarantine");
  }

  private Swept found(String what) {
    log.add(what);
    return Swept.of(List.of(new Finding(FindingKind.LEFTOVER, what)));
  }

  private void told(String run, List<StandingFailure> nowFailing, List<String> nowWorking) {
    failing.clear();
    nowFailing.forEach(each -> failing.put(each.subject(), each.classification()));
    working = List.copyOf(nowWorking);
  }

  private final class Rows implements RowSweepActivities {

    @Override
    public JanitorRounds rounds(JanitorOrder order) {
      if (rowsFail) {
        throw ApplicationFailure.newNonRetryableFailure("the database is away", "INFRASTRUCTURE");
      }
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

  private final class Files implements ReplaceActivities {

    @Override
    public RestoreOutcome restoreOrphan(UUID replacement, MediaPath place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Accepted acceptOrphan(UUID replacement, Acceptance acceptance) {
      if (unmounted.filter(replacement::equals).isPresent()) {
        throw ApplicationFailure.newNonRetryableFailure("the mount is gone", "MOUNT_GONE");
      }
      return new Accepted(1, 1, List.of());
    }

    @Override
    public SwapOutcome swap(SwapRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Settled settle(VideoId video, String attempt, UUID replacement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UndoOutcome undo(VideoId video, String attempt) {
      throw new UnsupportedOperationException();
    }

    @Override
    public RestoreOutcome restore(VideoId video, String attempt, MediaPath place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Accepted accept(VideoId video, String attempt, Acceptance acceptance) {
      throw new UnsupportedOperationException();
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
