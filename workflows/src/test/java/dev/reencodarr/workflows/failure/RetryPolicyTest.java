package dev.reencodarr.workflows.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private static final Evidence KILLED =
      new Evidence(EvidenceKind.PROCESS_EXIT, "killed", -1, 9, List.of(), "", Map.of());

  @Test
  void aFaultOfTheVideoIsRetriedThreeTimes() {
    assertThat(decisions(EvidenceKind.STALLED, 4))
        .containsExactly(
            new Decision.Retry(Duration.ofMinutes(1)),
            new Decision.Retry(Duration.ofMinutes(5)),
            new Decision.Retry(Duration.ofMinutes(15)),
            new Decision.GiveUp());
  }

  @Test
  void aFaultOfTheInfrastructureIsWaitedForAsLongAsItTakes() {
    List<Decision> decisions = decisions(EvidenceKind.INFRASTRUCTURE, 1_000);

    assertThat(decisions.getFirst())
        .isEqualTo(new Decision.Wait(Duration.ofSeconds(10), "Infrastructure: seen"));
    assertThat(decisions.get(5))
        .isEqualTo(new Decision.Wait(Duration.ofMinutes(5), "Infrastructure: seen"));
    assertThat(decisions.subList(0, 6)).allMatch(Decision.Wait.class::isInstance);
    assertThat(decisions.subList(6, 1_000)).allMatch(Decision.ParkFor.class::isInstance);
  }

  @Test
  void anUnfitWorkerNeverFailsAVideo() {
    List<Decision> decisions = decisions(EvidenceKind.DISK_FULL, 1_000);

    assertThat(decisions.getFirst())
        .isEqualTo(new Decision.Wait(Duration.ofMinutes(1), "No space left: seen"));
    assertThat(decisions.get(3))
        .as("out of the window, looked at again by itself")
        .isEqualTo(new Decision.ParkFor(Duration.ofMinutes(10), "No space left: seen"));
    assertThat(decisions.getLast())
        .isEqualTo(new Decision.ParkFor(Duration.ofHours(1), "No space left: seen"));
    assertThat(decisions.subList(0, 3)).allMatch(Decision.Wait.class::isInstance);
    assertThat(decisions.subList(3, 1_000)).allMatch(Decision.ParkFor.class::isInstance);
  }

  @Test
  void whatARestartedWorkerLeftIsTakenOverAtOnceHoweverOftenItRestarts() {
    List<Decision> decisions = decisions(EvidenceKind.WORKER_RESTARTED, 100);

    assertThat(decisions.getFirst()).isEqualTo(new Decision.TakeOver(Duration.ZERO));
    assertThat(decisions.getLast()).isEqualTo(new Decision.TakeOver(Duration.ofMinutes(5)));
    assertThat(decisions).allMatch(Decision.TakeOver.class::isInstance);
  }

  @Test
  void aFileThatLosesThreeWorkersIsParkedAndNotFailed() {
    assertThat(decisions(EvidenceKind.WORKER_LOST, 3))
        .containsExactly(
            new Decision.TakeOver(Duration.ZERO),
            new Decision.TakeOver(Duration.ofSeconds(10)),
            new Decision.Park("3 workers were lost over it; last: Worker lost: seen"));
  }

  @Test
  void whereThereAreTwoMachinesBothAreTriedBeforeAFileIsParked() {
    assertThat(lostOn(List.of("a"), "a", "a", "a")).isInstanceOf(Decision.Park.class);
    assertThat(lostOn(List.of("a", "b"), "a", "a", "a")).isInstanceOf(Decision.TakeOver.class);
    assertThat(lostOn(List.of("a", "b"), "a", "a", "a", "b")).isInstanceOf(Decision.Park.class);
    assertThat(lostOn(List.of("a", "b"), "a", "b", "a")).isInstanceOf(Decision.Park.class);
    assertThat(lostOn(List.of(), "a", "b", "a")).isInstanceOf(Decision.Park.class);
  }

  @Test
  void aSecondMachineIsNotHopedForForEver() {
    assertThat(lostOn(List.of("a", "b"), "a", "a", "a", "a", "a"))
        .isInstanceOf(Decision.TakeOver.class);
    assertThat(lostOn(List.of("a", "b"), "a", "a", "a", "a", "a", "a"))
        .isInstanceOf(Decision.Park.class);
  }

  /** A film is at work for a week, and power fails more than twice in it. */
  @Test
  void workersThatAreLostADayApartAreNoFaultOfTheFile() {
    Duration day = Duration.ofDays(1);

    assertThat(lostEach(day.plusMinutes(1), 10)).allMatch(Decision.TakeOver.class::isInstance);
    assertThat(lostEach(day.minusMinutes(1), 3)).last().isInstanceOf(Decision.Park.class);
  }

  private static List<Decision> lostEach(Duration apart, int times) {
    List<Decision> decisions = new ArrayList<>();
    History history = History.none();
    for (int n = 0; n < times; n++) {
      history =
          history.plus(
              judged(EvidenceKind.WORKER_LOST), lost("a"), NOON.plus(apart.multipliedBy(n)));
      decisions.add(RetryPolicy.decide(judged(EvidenceKind.WORKER_LOST), history, List.of("a")));
    }
    return decisions;
  }

  @Test
  void machinesOfAnotherDayDoNotCountEither() {
    History history = History.none();
    for (int hours : List.of(0, 30, 31, 32)) {
      history =
          history.plus(
              judged(EvidenceKind.WORKER_LOST),
              lost(hours == 0 ? "b" : "a"),
              NOON.plus(Duration.ofHours(hours)));
    }

    assertThat(history.losses().hosts()).containsExactly("a");
    assertThat(RetryPolicy.decide(judged(EvidenceKind.WORKER_LOST), history, List.of("a", "b")))
        .as("the other is to try first")
        .isInstanceOf(Decision.TakeOver.class);
  }

  private static Decision lostOn(List<String> atWork, String... hosts) {
    History history = History.none();
    for (String host : hosts) {
      history = history.plus(judged(EvidenceKind.WORKER_LOST), lost(host), NOON);
    }
    return RetryPolicy.decide(judged(EvidenceKind.WORKER_LOST), history, atWork);
  }

  private static Evidence lost(String host) {
    return new Evidence(
        EvidenceKind.WORKER_LOST, "seen", -1, 0, List.of(), "", Map.of("host", host));
  }

  @Test
  void faultsOfTheInfrastructureDoNotCountAgainstTheVideo() {
    History history = History.none();
    for (EvidenceKind kind :
        List.of(EvidenceKind.INFRASTRUCTURE, EvidenceKind.DISK_FULL, EvidenceKind.NO_HOST)) {
      for (int n = 0; n < 20; n++) {
        history = history.plus(judged(kind), Evidence.of(kind, "seen"), NOON);
      }
    }

    Classification stalled = judged(EvidenceKind.STALLED);

    assertThat(
            RetryPolicy.decide(
                stalled,
                history.plus(stalled, Evidence.of(EvidenceKind.STALLED, "seen"), NOON),
                List.of()))
        .isEqualTo(new Decision.Retry(Duration.ofMinutes(1)));
  }

  @Test
  void whatCannotGetBetterIsNotTriedAgain() {
    assertThat(decisions(EvidenceKind.BAD_MEDIA, 1)).containsExactly(new Decision.GiveUp());
  }

  @Test
  void aSearchWithoutAnAnswerGoesToTheNextRung() {
    Classification none =
        new Classification(
            FailureStage.CRF_SEARCH,
            FailureCategory.CRF_OPTIMIZATION,
            "CRF_NOT_FOUND",
            "none",
            Reaction.NEXT_RUNG);

    assertThat(RetryPolicy.decide(none, History.none(), List.of()))
        .isEqualTo(new Decision.NextRung());
  }

  @Test
  void tooLittleMemoryHalvesTheThreadsOnceAndThenGivesUp() {
    History history = History.none();
    for (FailureStage stage : List.of(FailureStage.CRF_SEARCH, FailureStage.ENCODING)) {
      Classification killed = FailureTable.classify(stage, KILLED);

      assertThat(RetryPolicy.decide(killed, history.plus(killed, KILLED, NOON), List.of()))
          .isEqualTo(new Decision.HalveThreads(Duration.ofMinutes(1)));
      assertThat(
              RetryPolicy.decide(
                  killed, history.withHalfTheThreads().plus(killed, KILLED, NOON), List.of()))
          .isEqualTo(new Decision.GiveUp());
    }
  }

  @Test
  void aStepWithoutAnEncoderThatIsKilledIsRetriedAsItIs() {
    Classification killed = FailureTable.classify(FailureStage.POST_PROCESS, KILLED);

    assertThat(RetryPolicy.decide(killed, History.none().plus(killed, KILLED, NOON), List.of()))
        .isEqualTo(new Decision.Retry(Duration.ofMinutes(1)));
  }

  private static List<Decision> decisions(EvidenceKind kind, int times) {
    List<Decision> decisions = new ArrayList<>();
    History history = History.none();
    for (int n = 0; n < times; n++) {
      history = history.plus(judged(kind), Evidence.of(kind, "seen"), NOON);
      decisions.add(RetryPolicy.decide(judged(kind), history, List.of()));
    }
    return decisions;
  }

  private static Classification judged(EvidenceKind kind) {
    return FailureTable.classify(FailureStage.ENCODING, Evidence.of(kind, "seen"));
  }
}
