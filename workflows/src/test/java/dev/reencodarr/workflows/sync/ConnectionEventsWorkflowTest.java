package dev.reencodarr.workflows.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.failure.StandingFailure;
import dev.reencodarr.workflows.failure.StandingFailureActivities;
import dev.reencodarr.workflows.temporal.EventsStart;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionEventsWorkflowTest {

  private static final String ID = "sync-events/tv";

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final Queue<String> log = new ConcurrentLinkedQueue<>();
  private final Queue<List<Long>> looked = new ConcurrentLinkedQueue<>();
  private final Queue<Instant> tries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger awayFor = new AtomicInteger();
  private volatile Consumer<TouchedTitles> meanwhile = titles -> {};

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(ConnectionEventsWorkflowImpl.class);
    control.registerActivitiesImplementations(new Standing());
    environment
        .newWorker(TaskQueues.analyse("attic"))
        .registerActivitiesImplementations(new Server());
    environment.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private static TouchedTitles titles(long connection, Long... ids) {
    return new TouchedTitles(connection, "tv", ArrKind.SONARR, "attic", List.of(ids));
  }

  private void tell(TouchedTitles titles) {
    WorkflowClient client = environment.getWorkflowClient();
    ConnectionEventsWorkflow events =
        client.newWorkflowStub(ConnectionEventsWorkflow.class, EventsStart.options("tv"));
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(events::touched, titles);
    batch.add(events::run, titles.with(List.of()));
    client.signalWithStart(batch);
  }

  private void untilItEnds() {
    WorkflowStub stub = environment.getWorkflowClient().newUntypedWorkflowStub(ID);
    stub.getResult(Void.class);
  }

  @Test
  void dozensOfEventsOfOneImportComeToOneLook() throws Exception {
    for (int i = 0; i < 24; i++) {
      tell(titles(3, 12L));
    }
    tell(titles(3, 7L, 12L));
    untilItEnds();

    assertThat(looked).containsExactly(List.of(12L, 7L));
    assertThat(log).containsExactly("works sync-events/tv");
    RecordedRun.replay(environment, ID, ConnectionEventsWorkflowImpl.class, "connection-events");
  }

  @Test
  void whatHappensWhileATitleIsLookedAtIsLookedAtOnceMore() {
    meanwhile =
        titles -> {
          meanwhile = more -> {};
          tell(titles(3, 12L));
        };
    tell(titles(3, 12L));
    untilItEnds();

    assertThat(looked).containsExactly(List.of(12L), List.of(12L));
  }

  @Test
  void aServerThatIsAwayIsWaitedForForDaysLessAndLessOftenAndNoTitleIsLost() throws Exception {
    awayFor.set(60);
    tell(titles(3, 12L, 7L));
    untilItEnds();

    assertThat(looked).containsExactly(List.of(12L, 7L));
    assertThat(log)
        .containsSubsequence(
            "fails sync-events/tv: events of tv: Sonarr: nobody listens there",
            "works sync-events/tv");
    List<Instant> times = List.copyOf(tries);
    assertThat(Duration.between(times.getFirst(), times.getLast()))
        .isGreaterThan(Duration.ofDays(2));
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .isLessThanOrEqualTo(Duration.ofMinutes(61));
    }
    RecordedRun.replay(
        environment, ID, ConnectionEventsWorkflowImpl.class, "connection-events-waited");
  }

  @Test
  void manyTitlesAreLookedAtInParts() {
    Long[] many = LongStream.rangeClosed(1, 120).boxed().toArray(Long[]::new);
    tell(titles(3, many));
    untilItEnds();

    assertThat(looked).hasSize(3);
    assertThat(looked.stream().flatMap(List::stream)).containsExactly(many);
  }

  @Test
  void ofAConnectionThatWasRemovedNothingIsReadWhenItsNameIsGivenToAnother() {
    awayFor.set(1);
    meanwhile =
        titles -> {
          meanwhile = more -> {};
          tell(titles(4, 99L));
        };
    tell(titles(3, 12L));
    untilItEnds();

    assertThat(looked).containsExactly(List.of(99L));
  }

  private final class Server implements TitleLookActivities {
    @Override
    public SyncTally look(TouchedTitles titles) {
      tries.add(Instant.ofEpochMilli(environment.currentTimeMillis()));
      meanwhile.accept(titles);
      if (awayFor.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw ApplicationFailure.newNonRetryableFailure(
            "nobody listens there",
            EvidenceKind.SONARR.name(),
            Evidence.of(EvidenceKind.SONARR, "nobody listens there"));
      }
      looked.add(titles.titles());
      return SyncTally.NOTHING;
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
