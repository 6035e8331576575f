package dev.reencodarr.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.TellStart;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The telling of one file to one connection, by what that says of the file. */
class FileTellerTest {

  private static final FileTelling TELLING = new FileTelling(5, "tv", ArrKind.SONARR);

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final VideoId video =
      new VideoId(UUID.fromString("00000000-0000-0000-0000-000000000007"));
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger awayFor = new AtomicInteger();
  private final AtomicInteger busyFor = new AtomicInteger();

  /** What each look at the file shows, the last one for ever. */
  private final Deque<FileStanding> standings = new ArrayDeque<>();

  private volatile boolean isOpen = true;
  private WorkflowStub tell;

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(TellWorkflowImpl.class);
    control.registerActivitiesImplementations(new Standing());
    Worker files = environment.newWorker(TaskQueues.files("attic"));
    files.registerActivitiesImplementations(
        (TellActivities) told -> new TellProgress(0, 0, 0, ""), new Server());
    environment.start();
    tell = environment.getWorkflowClient().newUntypedWorkflowStub("Tell", TellStart.options(video));
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private void tell(FileStanding... shown) {
    standings.addAll(List.of(shown));
    tell.start(new TellOrder(video, "attic"));
    tell.getResult(Void.class);
  }

  private void replay(String scenario) throws Exception {
    RecordedRun.replay(environment, WorkflowIds.tell(video), TellWorkflowImpl.class, scenario);
  }

  @Test
  void aFileIsRescannedLookedAtRenamedAndCompared() throws Exception {
    tell(FileStanding.OUTDATED, FileStanding.AS_IT_IS);

    assertThat(log)
        .containsExactly(
            "record OUTDATED",
            "rescan",
            "look AS_IT_IS",
            "rename",
            "settle",
            "works tell/tv",
            "works " + WorkflowIds.tell(video) + "/tv");
    replay("tell-sonarr");
  }

  @Test
  void whatItKnowsAlreadyIsNotScannedAgain() {
    tell(FileStanding.AS_IT_IS);

    assertThat(log).startsWith("record AS_IT_IS", "rename", "settle").doesNotContain("rescan");
  }

  @Test
  void aScanThatHadComePastTheFileBeforeIsFollowedByAnother() {
    tell(FileStanding.OUTDATED, FileStanding.OUTDATED, FileStanding.AS_IT_IS);

    assertThat(log.stream().filter("rescan"::equals)).hasSize(2);
  }

  @Test
  void whatScansDoNotShowIsTriedAgainInLaterRoundsAndStandsOnRecordMeanwhile() throws Exception {
    tell(
        FileStanding.OUTDATED,
        FileStanding.OUTDATED,
        FileStanding.OUTDATED,
        FileStanding.OUTDATED,
        FileStanding.OUTDATED,
        FileStanding.AS_IT_IS);

    assertThat(log)
        .containsSubsequence(
            "failed: has looked through the folder and still has the file as it was",
            "fails "
                + WorkflowIds.tell(video)
                + "/tv: telling tv: Sonarr: has looked through the folder and still has the file as"
                + " it was",
            "settle",
            "works " + WorkflowIds.tell(video) + "/tv");
    replay("tell-sonarr-later");
  }

  @Test
  void aServerThatIsAwayForAWeekIsToldWhenItIsBack() throws Exception {
    awayFor.set(40);
    long before = environment.currentTimeMillis();

    tell(FileStanding.OUTDATED, FileStanding.AS_IT_IS);

    assertThat(Duration.ofMillis(environment.currentTimeMillis() - before))
        .isGreaterThan(Duration.ofDays(7));
    assertThat(log)
        .containsSubsequence(
            "fails tell/tv: telling tv: Sonarr: nobody listens there", "settle", "works tell/tv");
    replay("tell-sonarr-away");
  }

  @Test
  void oneCommandIsGivenAtATime() {
    busyFor.set(5);

    tell(FileStanding.OUTDATED, FileStanding.AS_IT_IS);

    assertThat(log.stream().filter("busy"::equals)).hasSize(5);
    assertThat(log).contains("settle");
  }

  @Test
  void whatNobodyManagesAnyMoreIsDroppedWithoutACommand() {
    tell(FileStanding.NOT_MANAGED);

    assertThat(log).startsWith("record NOT_MANAGED", "drop").doesNotContain("rescan", "rename");
  }

  private final class Server implements FileTellActivities {
    @Override
    public List<FileTelling> open(VideoId of) {
      return isOpen ? List.of(TELLING) : List.of();
    }

    private FileStanding shown() {
      synchronized (standings) {
        return standings.size() > 1 ? standings.removeFirst() : standings.getFirst();
      }
    }

    @Override
    public FileStanding record(FileTelling telling) {
      if (awayFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw ApplicationFailure.newNonRetryableFailure(
            "nobody listens there",
            EvidenceKind.SONARR.name(),
            Evidence.of(EvidenceKind.SONARR, "nobody listens there"));
      }
      FileStanding standing = shown();
      log.add("record " + standing);
      return standing;
    }

    @Override
    public CommandEnd rescan(FileTelling telling) {
      if (busyFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        log.add("busy");
        return CommandEnd.BUSY;
      }
      log.add("rescan");
      return CommandEnd.OVER;
    }

    @Override
    public FileStanding look(FileTelling telling) {
      FileStanding standing = shown();
      log.add("look " + standing);
      return standing;
    }

    @Override
    public CommandEnd rename(FileTelling telling) {
      log.add("rename");
      return CommandEnd.NOT_NEEDED;
    }

    @Override
    public String settle(FileTelling telling) {
      log.add("settle");
      isOpen = false;
      return "";
    }

    @Override
    public void drop(FileTelling telling) {
      log.add("drop");
      isOpen = false;
    }

    @Override
    public void failed(FileTelling telling, String problem) {
      log.add("failed: " + problem);
    }
  }

  private final class Standing implements StandingFailureActivities {
    @Override
    public void tell(String run, List<StandingFailure> failing, List<String> working) {
      failing.forEach(failure ->
          log.add("fails " + failure.subject() + ": " + failure.classification().message()));
      working.forEach(subject -> log.add("works " + subject));
    }
  }
}
