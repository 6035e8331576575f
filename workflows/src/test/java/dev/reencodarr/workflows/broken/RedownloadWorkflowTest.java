package dev.reencodarr.workflows.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.broken.RedownloadStanding.Phase;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.CommandEnd;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.RedownloadStart;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The order of steps, and what becomes of the broken file whatever happens. */
class RedownloadWorkflowTest {

  private static final long SOURCE = 7;
  private static final RedownloadOrder ORDER = new RedownloadOrder(SOURCE, "attic");

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger notReadyFor = new AtomicInteger();
  private final AtomicInteger busyFor = new AtomicInteger();
  private final AtomicInteger awayFor = new AtomicInteger();
  private final AtomicInteger nothingFor = new AtomicInteger();
  private final AtomicInteger keptFor = new AtomicInteger();
  private volatile Phase found = Phase.READY;
  private volatile Phase setAside = Phase.WAITING;
  private volatile Phase awaited = Phase.WAITING;
  private volatile boolean isBroken = true;
  private final AtomicInteger lostFor = new AtomicInteger();
  private final AtomicInteger atWorkFor = new AtomicInteger();
  private final AtomicInteger changedFor = new AtomicInteger();
  private volatile boolean looksFail = false;

  /** The clock jumps on once nothing is left to do. */
  private volatile long putBackAt = 0;

  private WorkflowStub redownload;

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(RedownloadWorkflowImpl.class);
    control.registerActivitiesImplementations(new Standing());
    Worker files = environment.newWorker(TaskQueues.files("attic"));
    files.registerActivitiesImplementations(new Steps());
    Worker checks = environment.newWorker(TaskQueues.check("attic"));
    checks.registerActivitiesImplementations(new Reader());
    environment.start();
    redownload =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub("Redownload", RedownloadStart.options(SOURCE));
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private void run() {
    redownload.start(ORDER);
    redownload.getResult(Void.class);
  }

  private void replay(String scenario) throws Exception {
    RecordedRun.replay(
        environment, WorkflowIds.redownload(SOURCE), RedownloadWorkflowImpl.class, scenario);
  }

  @Test
  void theFileIsSetAsideOnlyAfterASearchWasCarriedOutAndLetGoOnlyAfterAnotherHasCome()
      throws Exception {
    nothingFor.set(3);
    keptFor.set(2);

    run();

    assertThat(log)
        .containsExactly(
            "begin",
            "file",
            "decoded",
            "markFailed",
            "search",
            "setAside",
            "search",
            "look",
            "look",
            "look",
            "look",
            "letGo",
            "letGo",
            "letGo");
    replay("redownload");
  }

  @Test
  void whatIsNotBrokenAnyMoreOrManagedByNobodyIsLeftAsItIs() {
    found = Phase.OVER;

    run();

    assertThat(log).containsExactly("begin");
  }

  @Test
  void aFileForWhichAnotherOneIsDownloadedAlreadyIsLookedAtAgainLater() {
    notReadyFor.set(4);
    long before = environment.currentTimeMillis();

    run();

    assertThat(log.stream().filter("begin"::equals)).hasSize(5);
    assertThat(Duration.ofMillis(environment.currentTimeMillis() - before))
        .isGreaterThan(Duration.ofMinutes(15 + 30 + 60 + 120));
  }

  @Test
  void aFileThatHasChangedWhileItWasSearchedForIsLeftAlone() {
    setAside = Phase.OVER;

    run();

    assertThat(log).containsExactly("begin", "file", "decoded", "markFailed", "search", "setAside");
  }

  @Test
  void whereNothingComesForTwoWeeksTheBrokenFileIsPutBack() throws Exception {
    nothingFor.set(Integer.MAX_VALUE);
    long before = environment.currentTimeMillis();

    run();

    assertThat(log).endsWith("putBack: no other copy was found in 14 days");
    assertThat(log).doesNotContain("letGo");
    assertThat(Duration.ofMillis(putBackAt - before))
        .isBetween(Duration.ofDays(14), Duration.ofDays(14).plusHours(2));
    assertThat(log.size()).as("an hour apart at last").isLessThan(14 * 24 + 20);
    replay("redownload-in-vain");
  }

  @Test
  void anOperatorHasTheBrokenFileBackWhateverIsWaitedFor() throws Exception {
    nothingFor.set(Integer.MAX_VALUE);
    redownload.start(ORDER);
    environment.sleep(Duration.ofDays(3));

    redownload.signal("putBack");
    redownload.getResult(Void.class);

    assertThat(log).endsWith("putBack: an operator has put it back");
    replay("redownload-put-back");
  }

  @Test
  void anOperatorHasTheBrokenFileBackAlsoAfterAnotherHasCome() {
    keptFor.set(Integer.MAX_VALUE);
    redownload.start(ORDER);
    environment.sleep(Duration.ofDays(3));

    redownload.signal("putBack");
    redownload.getResult(Void.class);

    assertThat(log).endsWith("putBack: an operator has put it back");
  }

  @Test
  void aServerThatIsAwayForAWeekIsAskedUntilItIsBackAndThatStandsOnRecord() throws Exception {
    awayFor.set(40);
    long before = environment.currentTimeMillis();

    run();

    assertThat(Duration.ofMillis(environment.currentTimeMillis() - before))
        .isGreaterThan(Duration.ofDays(7));
    assertThat(log)
        .containsSubsequence(
            "fails redownload/7: getting another copy: Sonarr: nobody listens there",
            "search",
            "works redownload/7",
            "setAside");
    replay("redownload-away");
  }

  @Test
  void anOperatorNeedNotWaitForAServerThatIsAway() {
    awayFor.set(Integer.MAX_VALUE);
    redownload.start(ORDER);
    environment.sleep(Duration.ofDays(1));

    redownload.signal("putBack");
    redownload.getResult(Void.class);

    assertThat(log)
        .endsWith("putBack: an operator has put it back", "works redownload/7")
        .doesNotContain("setAside");
  }

  @Test
  void oneCommandIsGivenAtATime() {
    busyFor.set(5);

    run();

    assertThat(log.stream().filter("busy"::equals)).hasSize(5);
    assertThat(log).contains("setAside");
  }

  @Test
  void oneThatWasEndedFromOutsideGoesOnWhereItWas() {
    found = Phase.WAITING;

    run();

    assertThat(log).containsExactly("begin", "look", "letGo");
  }

  @Test
  void howItStandsIsToldToWhoeverAsks() {
    nothingFor.set(Integer.MAX_VALUE);
    redownload.start(ORDER);
    environment.sleep(Duration.ofHours(3));

    assertThat(redownload.query("standing", String.class)).isEqualTo("WAITING");
  }

  @Test
  void whatADecoderOfTheCpuFindsSoundIsNotTouched() {
    isBroken = false;

    run();

    assertThat(log).containsExactly("begin", "file", "decoded", "acquit");
  }

  @Test
  void whereNobodyCanDecodeItNowNothingIsDoneUntilSomebodyCan() {
    lostFor.set(3);

    run();

    assertThat(log.stream().filter("decoded"::equals)).hasSize(4);
    assertThat(log)
        .containsSubsequence("decoded", "decoded", "decoded", "decoded", "markFailed", "setAside");
  }

  @Test
  void nothingIsAskedForWhileTheFileCouldNotBeJudgedSinceItChanges() {
    changedFor.set(2);

    run();

    assertThat(log)
        .startsWith("begin", "file", "decoded", "begin", "file", "decoded", "begin", "file")
        .containsSubsequence("decoded", "decoded", "decoded", "markFailed");
  }

  @Test
  void aFileThatIsBeingWorkedAtMeanwhileIsNotTakenAwayUnderIt() {
    atWorkFor.set(2);

    run();

    assertThat(log.stream().filter("setAside"::equals)).hasSize(3);
  }

  @Test
  void aServerThatNeverComesBackDoesNotKeepTheBrokenFileForEver() {
    looksFail = true;
    long before = environment.currentTimeMillis();

    run();

    assertThat(log).contains("putBack: no other copy was found in 14 days");
    assertThat(Duration.ofMillis(putBackAt - before))
        .isBetween(Duration.ofDays(14), Duration.ofDays(14).plusHours(7));
  }

  @Test
  void whatIsOnItsWayIsWaitedForHoweverLongThatTakes() {
    nothingFor.set(24 * 20);
    awaited = Phase.COMING;

    run();

    assertThat(log).contains("letGo").noneMatch(line -> line.startsWith("putBack"));
  }

  @Test
  void anOperatorWhoIsQuickerThanTheFirstStepIsHeard() {
    redownload.signalWithStart("putBack", new Object[0], new Object[] {ORDER});
    redownload.getResult(Void.class);

    assertThat(log).containsExactly("putBack: an operator has put it back");
  }

  private static ApplicationFailure fault(EvidenceKind kind, String message) {
    return ApplicationFailure.newNonRetryableFailure(
        message, kind.name(), Evidence.of(kind, message));
  }

  private final class Reader implements SourceCheckActivities {
    @Override
    public SourceCheckOutcome check(SourceFile file, boolean deep) {
      assertThat(deep).isTrue();
      log.add("decoded");
      if (Steps.isLeft(lostFor)) {
        throw fault(EvidenceKind.TOOL_UNFIT, "ffmpeg is missing");
      }
      if (Steps.isLeft(changedFor)) {
        return new SourceCheckOutcome.Changed("it has changed since it was last seen");
      }
      if (isBroken) {
        throw fault(EvidenceKind.BAD_MEDIA, "it ends after 3 s of 40");
      }
      return new SourceCheckOutcome.Sound();
    }
  }

  private final class Steps implements RedownloadActivities {

    private RedownloadStanding said(String step, Phase phase) {
      log.add(step);
      return new RedownloadStanding(
          phase, phase.name(), Instant.ofEpochMilli(environment.currentTimeMillis()));
    }

    @Override
    public SourceFile file(RedownloadOrder order) {
      log.add("file");
      return new SourceFile(
          new VideoId(new UUID(0, 7)), new MediaPath("/films/dark.mkv"), 1000, Instant.EPOCH);
    }

    @Override
    public RedownloadStanding acquit(RedownloadOrder order) {
      return said("acquit", Phase.OVER);
    }

    private static boolean isLeft(AtomicInteger count) {
      return count.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Override
    public RedownloadStanding begin(RedownloadOrder order) {
      assertThat(order).isEqualTo(ORDER);
      return said("begin", isLeft(notReadyFor) ? Phase.NOT_YET : found);
    }

    @Override
    public void markFailed(RedownloadOrder order) {
      log.add("markFailed");
    }

    @Override
    public CommandEnd search(RedownloadOrder order) {
      if (isLeft(awayFor)) {
        throw fault(EvidenceKind.SONARR, "nobody listens there");
      }
      if (isLeft(busyFor)) {
        log.add("busy");
        return CommandEnd.BUSY;
      }
      log.add("search");
      return CommandEnd.OVER;
    }

    @Override
    public RedownloadStanding setAside(RedownloadOrder order) {
      return said("setAside", isLeft(atWorkFor) ? Phase.NOT_YET : setAside);
    }

    @Override
    public RedownloadStanding look(RedownloadOrder order) {
      if (looksFail) {
        throw fault(EvidenceKind.SONARR, "nobody listens there");
      }
      return said("look", isLeft(nothingFor) ? awaited : Phase.KEEPING);
    }

    @Override
    public RedownloadStanding putBack(RedownloadOrder order, String why) {
      putBackAt = environment.currentTimeMillis();
      return said("putBack: " + why, Phase.OVER);
    }

    @Override
    public RedownloadStanding letGo(RedownloadOrder order) {
      return said("letGo", isLeft(keptFor) ? Phase.KEEPING : Phase.OVER);
    }
  }

  private final class Standing implements StandingFailureActivities {
    @Override
    public void tell(String run, List<StandingFailure> failing, List<String> working) {
      failing.forEach(
          it -> log.add("fails " + it.subject() + ": " + it.classification().message()));
      working.forEach(it -> log.add("works " + it));
    }
  }
}
