package dev.reencodarr.workflows.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.reencodarr.workflows.temporal.FleetStart;
import dev.reencodarr.workflows.temporal.RecordedRun;
import dev.reencodarr.workflows.temporal.SteppedEnvironment;
import dev.reencodarr.workflows.temporal.TaskQueues;
import dev.reencodarr.workflows.temporal.WorkflowIds;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetWorkflowTest {

  private final TestWorkflowEnvironment environment = SteppedEnvironment.open();
  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private volatile FleetView standing = FleetView.NOT_LOOKED_YET;
  private WorkflowStub fleet;

  /** The world as it is in memory: one library, TV. */
  private final class World implements FleetActivities, FleetViewActivities {

    private FleetAnswer hear(String word, String scope) {
      said.add(word + " " + scope);
      return scope.equals("TV") || scope.equals(FleetWorkflow.EVERYTHING)
          ? new FleetAnswer.Done(scope + ": " + word)
          : new FleetAnswer.Refused("there is no library " + scope);
    }

    @Override
    public FleetAnswer pause(String scope, boolean freezes) {
      standing = new FleetView(List.of(scope), 0, List.of());
      return hear(freezes ? "freeze" : "pause", scope);
    }

    @Override
    public FleetAnswer resume(String scope) {
      return hear("resume", scope);
    }

    @Override
    public FleetAnswer cancel(String scope) {
      return hear("cancel", scope);
    }

    @Override
    public FleetAnswer retry(String scope) {
      return hear("retry", scope);
    }

    @Override
    public FleetView look() {
      return standing;
    }
  }

  @BeforeEach
  void start() {
    Worker control = environment.newWorker(TaskQueues.CONTROL);
    control.registerWorkflowImplementationTypes(FleetWorkflowImpl.class);
    control.registerActivitiesImplementations(new World());
    environment.start();
    fleet = environment.getWorkflowClient().newUntypedWorkflowStub("Fleet", FleetStart.options());
    fleet.start();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  private FleetView view() {
    return fleet.query("view", FleetView.class);
  }

  private void await(BooleanSupplier condition) {
    for (int round = 0; round < 300 && !condition.getAsBoolean(); round++) {
      environment.sleep(Duration.ofMillis(100));
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"pause, TV", "freeze, everything", "resume, TV", "cancel, everything", "retry, TV"})
  void eachWordReachesItsScopeAndAnswersWithASentence(String word, String scope) {
    assertThat(fleet.update(word, String.class, scope)).isEqualTo(scope + ": " + word);

    assertThat(said).containsExactly(word + " " + scope);
  }

  @Test
  void anUnknownLibraryIsRefusedWithAReasonAndTheWorkflowGoesOn() {
    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> fleet.update("cancel", String.class, "Moovies"))
        .havingCause()
        .withMessageContaining("there is no library Moovies");

    assertThat(fleet.update("pause", String.class, "TV")).isEqualTo("TV: pause");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pause", "freeze", "resume", "cancel", "retry"})
  void whoLeavesTheScopeOutDoesNotMeanEverything(String word) {
    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> fleet.update(word, String.class))
        .havingCause()
        .withMessageContaining("a scope is needed");
    assertThatExceptionOfType(WorkflowUpdateException.class)
        .isThrownBy(() -> fleet.update(word, String.class, " "));

    assertThat(said).isEmpty();
  }

  @Test
  void whatChangesIsShownAfterAWordAndAfterACall() {
    fleet.update("pause", String.class, "TV");
    await(() -> view().pauses().equals(List.of("TV")));

    standing =
        new FleetView(
            List.of(),
            0,
            List.of(
                new FleetView.Worker(
                    "vault",
                    "default",
                    List.of("control", "encode-cpu@default"),
                    List.of(new FleetView.NotServed("encode-cpu@default", "no ffmpeg")))));
    fleet.signal("look");

    await(() -> view().equals(standing));
    assertThat(view().details())
        .isEqualTo(
            """
            Nothing is paused.

            **Worker vault (zone default) does not serve:**

            - `encode-cpu@default`: no ffmpeg\
            """);
  }

  @Test
  void whileNothingHappensNothingIsWritten() {
    await(() -> history() > 0 && view() != null);
    long before = history();

    environment.sleep(Duration.ofDays(60));

    assertThat(history()).isEqualTo(before);
  }

  private long history() {
    return environment.getWorkflowClient().fetchHistory(WorkflowIds.FLEET).getEvents().size();
  }

  @Test
  void aBusyFleetBeginsAnewAndLosesNoWord() throws Exception {
    String first = newest().describe().getExecution().getRunId();
    for (int call = 0; call < 250; call++) {
      int looks = call;
      standing = new FleetView(List.of("pause " + looks), 0, List.of());
      fleet.signal("look");
      await(() -> newest().query("view", FleetView.class).equals(standing));
    }

    assertThat(newest().describe().getExecution().getRunId()).isNotEqualTo(first);
    assertThat(newest().update("pause", String.class, "TV")).isEqualTo("TV: pause");
  }

  private WorkflowStub newest() {
    return environment.getWorkflowClient().newUntypedWorkflowStub(WorkflowIds.FLEET);
  }

  @Test
  void whatItDoesReplays() throws Exception {
    fleet.update("pause", String.class, "TV");
    fleet.update("resume", String.class, FleetWorkflow.EVERYTHING);
    fleet.signal("look");
    await(() -> view().equals(standing));

    RecordedRun.replay(environment, WorkflowIds.FLEET, FleetWorkflowImpl.class, "fleet");

    assertThat(environment.getWorkflowClient().fetchHistory(WorkflowIds.FLEET).getEvents())
        .extracting(event -> event.getEventType())
        .contains(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED);
  }
}
