package dev.reencodarr.workflows.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SourceCheckStart;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourceCheckWorkflowTest {

  private static final LibraryId LIBRARY = new LibraryId(UUID.randomUUID());
  private static final String ID = WorkflowIds.sourceCheck(LIBRARY);
  private static final int PAGE = 3;

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Map<String, Queue<Evidence>> faults = new ConcurrentHashMap<>();

  /** How deep each file was read and found to be what. */
  private final Map<String, Boolean> known = new ConcurrentHashMap<>();

  private final AtomicInteger pauses = new AtomicInteger();
  private final CountDownLatch reading = new CountDownLatch(1);
  private volatile int files = 5;
  private volatile String hangsOver = "";
  private volatile String wishesAt = "";
  private WorkflowStub check;

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(SourceCheckWorkflowImpl.class);
    control.registerActivitiesImplementations(new Rows());
    environment
        .newWorker(
            TaskQueues.check("attic"),
            // As real workers have it, so that a cancel is heard of soon.
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofSeconds(1))
                .build())
        .registerActivitiesImplementations(new Reader());
    environment.start();
    check =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub("SourceCheck", SourceCheckStart.options(LIBRARY, "films"));
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private void begin(SourceCheckWish wish) {
    var _ =
        check.signalWithStart(
            "wish",
            new Object[] {wish},
            new Object[] {SourceCheckOrder.whole(LIBRARY, "films", "attic", wish)});
  }

  private SourceCheckTally run(boolean deep, boolean again) {
    begin(new SourceCheckWish(deep, again));
    return check.getResult(SourceCheckProgress.class).tally();
  }

  private void fails(String path, Evidence... evidence) {
    faults.put(path, new ConcurrentLinkedQueue<>(List.of(evidence)));
  }

  private static Evidence of(EvidenceKind kind, String message) {
    return Evidence.of(kind, message);
  }

  private static String path(int number) {
    return "/films/%02d.mkv".formatted(number);
  }

  private static int number(String path) {
    return Integer.parseInt(path.replaceAll("\\D", ""));
  }

  @Test
  void everyFileIsReadOnceAndBrokenOnesAreWrittenDown() throws Exception {
    fails(path(2), of(EvidenceKind.BAD_MEDIA, "no end"));

    SourceCheckTally tally = run(true, false);

    assertThat(log)
        .containsExactly(
            "read 1 deep",
            "sound 1",
            "read 2 deep",
            "broken 2: Not sound media: no end",
            "read 3 deep",
            "sound 3",
            "read 4 deep",
            "sound 4",
            "read 5 deep",
            "sound 5");
    assertThat(tally.checked()).isEqualTo(5);
    assertThat(tally.broken()).isEqualTo(1);
    assertThat(tally.bytes()).isEqualTo(tally.scope().bytes()).isEqualTo(500);
    assertThat(tally.line()).isEqualTo("5 of 5 files: 5 checked, 0 known from before, 1 broken");
    RecordedRun.replay(environment, ID, SourceCheckWorkflowImpl.class, "source-check");
  }

  @Test
  void whatAnEarlierCheckHasReadIsNotReadAgainUnlessItIsWished() {
    known.put(path(1), true);
    known.put(path(2), false);

    assertThat(run(false, false).scope().known()).isEqualTo(2);
    assertThat(log).doesNotContain("read 1", "read 2");

    log.clear();
    check =
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub("SourceCheck", SourceCheckStart.options(LIBRARY, "films"));
    assertThat(run(true, false).scope().known()).as("one was read deeply").isEqualTo(1);
    assertThat(log).contains("read 2 deep").doesNotContain("read 1 deep");
  }

  @Test
  void aFileThatHasChangedIsPassedOverAndSaid() {
    hangsOver = "changed " + path(3);

    SourceCheckTally tally = run(false, false);

    assertThat(tally.unjudged()).isEqualTo(1);
    assertThat(tally.examples())
        .containsExactly(new SourceCheckTally.Unjudged(path(3), "it has changed"));
    assertThat(log).noneMatch(line -> line.endsWith("3: it has changed"));
  }

  @Test
  void aWorkerThatIsLostIsNoFaultOfTheFileWhichIsReadAgain() throws Exception {
    fails(path(2), of(EvidenceKind.WORKER_LOST, "not heard of"));

    SourceCheckTally tally = run(true, false);

    assertThat(log).containsSubsequence("read 2 deep", "read 2 deep", "sound 2", "sound 5");
    assertThat(tally.broken()).isZero();
    assertThat(tally.unjudged()).isZero();
    RecordedRun.replay(environment, ID, SourceCheckWorkflowImpl.class, "source-check-lost");
  }

  @Test
  void aFileThatTakesWorkersDownIsPassedOver() {
    Evidence lost = of(EvidenceKind.WORKER_LOST, "not heard of");
    fails(path(2), lost, lost, lost, lost, lost, lost, lost);

    SourceCheckTally tally = run(true, false);

    assertThat(tally.unjudged()).isEqualTo(1);
    assertThat(log).contains("sound 3", "sound 5").noneMatch(line -> line.startsWith("broken"));
  }

  @Test
  void aToolThatFailsIsTriedAgainThenTheFileIsPassedOverWithTheReason() throws Exception {
    Evidence crash = new Evidence(EvidenceKind.PROCESS_EXIT, "", -1, 11, List.of(), "", Map.of());
    fails(path(1), crash, crash, crash, crash, crash);

    SourceCheckTally tally = run(true, false);

    assertThat(log.stream().filter("read 1 deep"::equals)).hasSize(4);
    assertThat(log).contains("sound 5").noneMatch(line -> line.startsWith("broken"));
    assertThat(tally.unjudged()).isEqualTo(1);
    assertThat(tally.examples().getFirst().why()).isEqualTo("Process ended by signal 11");
    RecordedRun.replay(environment, ID, SourceCheckWorkflowImpl.class, "source-check-crash");
  }

  @Test
  void aMountThatIsGoneIsWaitedForHoweverLongItTakes() {
    Evidence gone = of(EvidenceKind.MOUNT_GONE, "it has no marker");
    fails(path(1), gone, gone, gone, gone, gone, gone, gone, gone);

    SourceCheckTally tally = run(false, false);

    assertThat(log.stream().filter("read 1"::equals)).hasSize(9);
    assertThat(tally.checked()).isEqualTo(5);
    assertThat(tally.unjudged()).isZero();
  }

  @Test
  void whatIsPausedIsNotRead() {
    pauses.set(3);

    assertThat(run(false, false).checked()).isEqualTo(5);

    assertThat(log).startsWith("paused", "paused", "paused", "read 1");
  }

  @Test
  void aDeeperWishDuringACheckBeginsItAnew() throws Exception {
    wishesAt = path(2);

    SourceCheckTally tally = run(false, false);

    assertThat(log)
        .containsExactly(
            "read 1",
            "sound 1",
            "read 2",
            "sound 2",
            "read 1 deep",
            "sound 1",
            "read 2 deep",
            "sound 2",
            "read 3 deep",
            "sound 3",
            "read 4 deep",
            "sound 4",
            "read 5 deep",
            "sound 5");
    assertThat(tally.line()).isEqualTo("5 of 5 files: 5 checked, 0 known from before, 0 broken");
    RecordedRun.replay(environment, ID, SourceCheckWorkflowImpl.class, "source-check-deeper");
  }

  @Test
  void aStopEndsTheReadingAndWhatWasFoundStays() throws Exception {
    hangsOver = path(4);
    begin(new SourceCheckWish(true, false));
    reading.await();
    assertThat(check.query("progress", SourceCheckProgress.class).now()).isEqualTo(path(4));

    check.cancel();

    assertThatThrownBy(() -> check.getResult(SourceCheckProgress.class))
        .isInstanceOf(WorkflowFailedException.class)
        .hasCauseInstanceOf(CanceledFailure.class);
    assertThat(log).contains("sound 3", "read 4 deep").doesNotContain("sound 4", "read 5 deep");
    RecordedRun.replay(environment, ID, SourceCheckWorkflowImpl.class, "source-check-stopped");
  }

  @Test
  void aLargeLibraryIsCheckedInRunsOfBoundedLength() {
    files = 10 * PAGE * 3;

    SourceCheckTally tally = run(false, false);

    assertThat(tally.checked()).isEqualTo(files);
    assertThat(log.stream().filter(line -> line.startsWith("read"))).doesNotHaveDuplicates();
    assertThat(
            environment.getWorkflowClient().fetchHistory(ID).getEvents().stream()
                .filter(event -> event.hasWorkflowExecutionStartedEventAttributes())
                .findFirst()
                .orElseThrow()
                .getWorkflowExecutionStartedEventAttributes()
                .getContinuedExecutionRunId())
        .as("the last run goes on with an earlier one")
        .isNotEmpty();
  }

  private final class Reader implements SourceCheckActivities {
    @Override
    public SourceCheckOutcome check(SourceFile file, boolean deep) {
      String path = file.path().value();
      log.add("read " + number(path) + (deep ? " deep" : ""));
      if (path.equals(wishesAt)) {
        wishesAt = "";
        environment
            .getWorkflowClient()
            .newUntypedWorkflowStub(ID)
            .signal("wish", new SourceCheckWish(true, false));
      }
      if (path.equals(hangsOver)) {
        reading.countDown();
        while (true) {
          Activity.getExecutionContext().heartbeat("reading");
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
      }
      if (hangsOver.equals("changed " + path)) {
        return new SourceCheckOutcome.Changed("it has changed");
      }
      Queue<Evidence> fault = faults.get(path);
      if (fault != null && !fault.isEmpty()) {
        Evidence next = fault.remove();
        throw ApplicationFailure.newNonRetryableFailure(next.message(), next.kind().name(), next);
      }
      return new SourceCheckOutcome.Sound();
    }
  }

  private final class Rows implements SourceCheckRowActivities {
    private final Map<String, Boolean> readNow = new HashMap<>();

    private List<SourceFile> toRead(SourceCheckWish wish) {
      return IntStream.rangeClosed(1, files)
          .mapToObj(SourceCheckWorkflowTest::path)
          .filter(path -> wish.again() || !known.containsKey(path) || isTooShallow(wish, path))
          .filter(path -> !readNow.containsKey(path) || isDeeper(wish, path))
          .map(path ->
              new SourceFile(
                  new VideoId(new UUID(0, number(path))), new MediaPath(path), 100, Instant.EPOCH))
          .toList();
    }

    private boolean isTooShallow(SourceCheckWish wish, String path) {
      return wish.deep() && !Boolean.TRUE.equals(known.get(path));
    }

    private boolean isDeeper(SourceCheckWish wish, String path) {
      return wish.deep() && !Boolean.TRUE.equals(readNow.get(path));
    }

    @Override
    public SourceCheckScope scope(LibraryId library, SourceCheckWish wish, Instant since) {
      int toRead = toRead(wish).size();
      return new SourceCheckScope(files, 1, 1, files - toRead, 0, 100L * toRead);
    }

    @Override
    public Page next(LibraryId library, SourceCheckWish wish, Instant since, String after) {
      if (pauses.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        log.add("paused");
        return new Page(true, toRead(wish));
      }
      return new Page(
          false,
          toRead(wish).stream()
              .filter(file -> file.path().value().compareTo(after) > 0)
              .limit(PAGE)
              .toList());
    }

    @Override
    public void sound(SourceFile file, boolean deep) {
      readNow.put(file.path().value(), deep);
      log.add("sound " + number(file.path().value()));
    }

    @Override
    public void broken(SourceFile file, boolean deep, String problem) {
      readNow.put(file.path().value(), deep);
      log.add("broken " + number(file.path().value()) + ": " + problem);
    }
  }
}
