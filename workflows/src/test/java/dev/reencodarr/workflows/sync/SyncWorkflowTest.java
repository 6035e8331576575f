package dev.reencodarr.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SyncWorkflowTest {

  private static final String ID = "sync/tv";
  private static final int TITLES = 7;
  private static final int TITLES_A_STEP = 3;

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final AtomicInteger awayFor = new AtomicInteger();
  private volatile long failedAt = 0;
  private volatile boolean isRemoved = false;
  private volatile String webhookProblem = "";
  private WorkflowStub sync;

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(SyncWorkflowImpl.class);
    control.registerActivitiesImplementations(new Rows(), new Standing());
    Worker attic = environment.newWorker(TaskQueues.analyse("attic"));
    attic.registerActivitiesImplementations(new Server(), new Webhook());
    environment.start();
    WorkflowClient client = environment.getWorkflowClient();
    sync =
        client.newUntypedWorkflowStub(
            "Sync",
            WorkflowOptions.newBuilder()
                .setWorkflowId(ID)
                .setTaskQueue(TaskQueues.CONTROL)
                .build());
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private SyncTally run() {
    sync.start(SyncOrder.whole(3, "tv", ArrKind.SONARR, "attic"));
    return sync.getResult(SyncTally.class);
  }

  @Test
  void allTitlesAreReadAFewAtATimeAndWhatWasFoundIsAddedUp() throws Exception {
    SyncTally tally = run();

    assertThat(log)
        .containsExactly(
            "begun",
            "registering",
            "titles",
            "going 0 of 7",
            "files after 0",
            "going 3 of 7",
            "files after 3",
            "going 6 of 7",
            "files after 6",
            "going 7 of 7",
            "files after 7",
            "ended 7 of 7",
            "works " + ID);
    assertThat(tally.files()).isEqualTo(2 * TITLES);
    assertThat(tally.added()).isEqualTo(TITLES);
    assertThat(sync.query("progress", SyncProgress.class))
        .isEqualTo(new SyncProgress(TITLES, TITLES, tally));
    RecordedRun.replay(environment, ID, SyncWorkflowImpl.class, "sync");
  }

  @Test
  void aServerThatIsAwayForMinutesIsWaitedForAndTheSyncGoesOnWhereItStood() throws Exception {
    awayFor.set(4);

    run();

    assertThat(log)
        .containsSubsequence(
            "begun",
            "waits: Sonarr: nobody listens there",
            "fails " + ID + ": sync of tv: Sonarr: nobody listens there",
            "goes on",
            "titles",
            "ended 7 of 7",
            "works " + ID);
    assertThat(log.stream().filter("titles"::equals)).hasSize(1);
    RecordedRun.replay(environment, ID, SyncWorkflowImpl.class, "sync-waited");
  }

  @Test
  void aServerThatStaysAwayFailsTheSyncAsAWholeWhichStandsOnRecord() throws Exception {
    awayFor.set(Integer.MAX_VALUE);

    assertThatThrownBy(this::run).isInstanceOf(WorkflowFailedException.class);

    assertThat(log)
        .contains("failed: Sonarr: nobody listens there")
        .noneMatch(line -> line.startsWith("ended") || line.startsWith("works"));
    assertThat(Duration.ofMillis(failedAt - System.currentTimeMillis()))
        .as("the next one comes by the schedule")
        .isLessThan(Duration.ofMinutes(30));
    RecordedRun.replay(environment, ID, SyncWorkflowImpl.class, "sync-failed");
  }

  @Test
  void aWebhookThatCannotBeSetUpIsToldAndFailsNoSync() {
    webhookProblem = "it cannot reach http://nas:9797/api/webhooks/tv";

    assertThat(run().problems()).containsExactly("it cannot reach http://nas:9797/api/webhooks/tv");

    assertThat(log).contains("ended 7 of 7");
  }

  @Test
  void aLookAtTheWebhookThatFailsFailsNoSync() {
    webhookProblem = "throw";

    assertThat(run().problems()).containsExactly("its webhook could not be looked at: no database");

    assertThat(log).contains("ended 7 of 7");
  }

  @Test
  void nothingIsAskedForAConnectionThatWasRemoved() {
    isRemoved = true;

    assertThat(run()).isEqualTo(SyncTally.NOTHING);

    assertThat(log).containsExactly("begun");
  }

  private final class Server implements SyncActivities {
    @Override
    public SyncTitles titles(SyncOrder order) {
      if (awayFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        String kind = EvidenceKind.SONARR.name();
        throw ApplicationFailure.newNonRetryableFailure(
            "nobody listens there", kind, Evidence.of(EvidenceKind.SONARR, "nobody listens there"));
      }
      log.add("titles");
      return new SyncTitles(TITLES, SyncTally.NOTHING);
    }

    @Override
    public SyncStep files(SyncOrder order) {
      int last = Math.toIntExact(order.resume().lastTitle());
      log.add("files after " + last);
      int titles = Math.min(TITLES_A_STEP, TITLES - last);
      return new SyncStep(
          last + titles, titles, new SyncTally(2 * titles, titles, 0, 0, 0, 0, List.of()));
    }
  }

  private final class Webhook implements WebhookActivities {
    @Override
    public String register(SyncOrder order) {
      if (webhookProblem.equals("throw")) {
        throw ApplicationFailure.newNonRetryableFailure(
            "no database",
            EvidenceKind.UNEXPECTED.name(),
            Evidence.of(EvidenceKind.UNEXPECTED, "no database"));
      }
      log.add("registering");
      return webhookProblem;
    }

    @Override
    public String unregister(SyncOrder order) {
      return "";
    }
  }

  private final class Rows implements SyncRowActivities {
    @Override
    public boolean begun(long connection, String run) {
      log.add("begun");
      return !isRemoved;
    }

    @Override
    public void going(String run, SyncProgress progress) {
      log.add("going " + progress.titles() + " of " + progress.total());
    }

    @Override
    public void waiting(String run, String problem) {
      log.add(problem.isEmpty() ? "goes on" : "waits: " + problem);
    }

    @Override
    public void ended(String run, SyncProgress progress) {
      log.add("ended " + progress.titles() + " of " + progress.total());
    }

    @Override
    public void failed(String run, String problem) {
      // By the time a test hears of the end, the clock may have skipped years.
      failedAt = environment.currentTimeMillis();
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
