package dev.reencodarr.workflows.failure;

import java.time.Duration;
import java.util.List;

/** Which failure is followed by what: the numbers of every reaction, in one place. */
public final class RetryPolicy {

  /** Three retries; the fourth failure ends the video. */
  private static final List<Duration> RETRY =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

  /** After these the video is parked. */
  private static final List<Duration> WAIT =
      List.of(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40),
          Duration.ofSeconds(80),
          Duration.ofSeconds(160),
          Duration.ofMinutes(5));

  /** At once: what the worker left running is to be found again before it ends. */
  private static final List<Duration> TAKE_OVER =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5));

  /**
   * A stopped queue checks itself; meanwhile another worker may take the step. After these the
   * video is parked.
   */
  private static final List<Duration> STOP_QUEUE =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(5));

  /** Of a parked video; the last is repeated for ever, so that its history lasts for months. */
  private static final List<Duration> PARKED =
      List.of(
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(40),
          Duration.ofHours(1));

  /** Waits for something that a machine has to offer: soon looked for again, later seldom. */
  private static final List<Duration> OFFERED =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(20),
          Duration.ofMinutes(40),
          Duration.ofHours(1));

  private RetryPolicy() {}

  /** What is done where nobody offers what a video needs, for the n-th time, from 1. */
  public static Decision.ParkFor awaitOffer(int n, String forWhat) {
    return new Decision.ParkFor(pause(OFFERED, n), forWhat);
  }

  /**
   * Decides.
   *
   * @param history of this stage of this video, with this failure as its last
   * @param hosts that are at work now; asked for only where the history is suspect
   */
  public static Decision decide(Classification failure, History history, List<String> hosts) {
    return switch (failure.reaction()) {
      case RETRY -> retry(history);
      case HALVE_THREADS -> encodes(failure.stage()) ? halveThreads(history) : retry(history);
      case WAIT_AND_RETRY -> await(WAIT, history.waits(), failure);
      case TAKE_OVER ->
          isToBeParked(history, hosts)
              ? new Decision.Park(
                  history.losses().workers()
                      + " workers were lost over it; last: "
                      + failure.message())
              : new Decision.TakeOver(pause(TAKE_OVER, history.takeOvers()));
      case STOP_QUEUE, NEXT_ENCODER -> await(STOP_QUEUE, history.stops(), failure);
      case NEXT_RUNG -> new Decision.NextRung();
      case GIVE_UP -> new Decision.GiveUp();
    };
  }

  /** The n-th wait in place, then the next one out of the window. */
  private static Decision await(List<Duration> inPlace, int n, Classification failure) {
    int parkings = n - inPlace.size();
    return parkings > 0
        ? new Decision.ParkFor(pause(PARKED, parkings), failure.message())
        : new Decision.Wait(pause(inPlace, n), failure.message());
  }

  private static Decision retry(History history) {
    return history.retries() > RETRY.size()
        ? new Decision.GiveUp()
        : new Decision.Retry(pause(RETRY, history.retries()));
  }

  /** What half the threads cannot do no machine like this one can. */
  private static Decision halveThreads(History history) {
    return history.threadsHalved()
        ? new Decision.GiveUp()
        : new Decision.HalveThreads(pause(RETRY, history.retries()));
  }

  private static boolean encodes(FailureStage stage) {
    return stage == FailureStage.CRF_SEARCH || stage == FailureStage.ENCODING;
  }

  /**
   * Three lost workers park a video, on two machines where there are two: one machine alone may be
   * the culprit. Another one is hoped for only so long.
   */
  private static boolean isToBeParked(History history, List<String> hosts) {
    List<String> lostOn = history.losses().hosts();
    boolean anotherMayTry = lostOn.size() == 1 && !lostOn.containsAll(hosts) && !history.isPoison();
    return history.isSuspect() && !anotherMayTry;
  }

  /** The n-th pause, from 1; the last is repeated. */
  private static Duration pause(List<Duration> pauses, int n) {
    return pauses.get(Math.clamp(n, 1, pauses.size()) - 1);
  }
}
