package dev.reencodarr.workflows.temporal;

import dev.reencodarr.workflows.media.Encoder;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/**
 * Queue, timeouts and retries of every activity, in one table.
 *
 * <p>Judged work (analysis, probe, encode, verify, stage, swap) gets one attempt from the server:
 * the workflow classifies, records and decides. Everything else is retried by the server for as
 * long as it takes. Heartbeat timeouts are minutes, so that an outage of Temporal goes unnoticed; a
 * worker that restarts fails its old attempts itself.
 */
public final class ActivityTimings {

  /** How long a step that only one machine can do waits for that machine. */
  public static final Duration HOST_PATIENCE = Duration.ofMinutes(10);

  /**
   * How long work waits at an encoder's queue before it is looked whether anybody serves that
   * still; it begins anew at the queue's end then, so not too often.
   */
  public static final Duration ENCODER_PATIENCE = Duration.ofMinutes(30);

  private static final Duration HEARTBEAT = Duration.ofMinutes(5);

  /** The next round comes anyway. */
  private static final int SWEEP_ATTEMPTS = 5;

  private static final Duration LONGEST_PAUSE_IN_A_TASK = Duration.ofSeconds(3);

  private ActivityTimings() {}

  /** A row written or read. */
  public static ActivityOptions row() {
    return retriedByServer()
        .setTaskQueue(TaskQueues.CONTROL)
        .setStartToCloseTimeout(Duration.ofSeconds(30))
        .build();
  }

  /** The same, done by the worker that has the workflow, within its task. */
  public static LocalActivityOptions localRow() {
    return LocalActivityOptions.newBuilder()
        .setStartToCloseTimeout(Duration.ofSeconds(30))
        // Without a number the SDK takes a local activity for one that is not to be tried again.
        .setRetryOptions(
            RetryOptions.newBuilder(patient()).setMaximumAttempts(Integer.MAX_VALUE).build())
        // Longer pauses are timers of the workflow: a task that waits writes history all the while.
        .setLocalRetryThreshold(LONGEST_PAUSE_IN_A_TASK)
        .build();
  }

  /** An operator's word to each video of a library, or of all. */
  public static ActivityOptions manyVideos() {
    return retriedByServer()
        .setTaskQueue(TaskQueues.CONTROL)
        .setStartToCloseTimeout(Duration.ofHours(2))
        .setHeartbeatTimeout(HEARTBEAT)
        .build();
  }

  /** Starting the videos of a library: minutes of waiting for room in the window. */
  public static ActivityOptions starting() {
    return retriedByServer()
        .setTaskQueue(TaskQueues.CONTROL)
        .setStartToCloseTimeout(Duration.ofMinutes(30))
        .setHeartbeatTimeout(Duration.ofMinutes(1))
        .build();
  }

  /** A walk over a library or a batch of analyses; goes on where it stopped. */
  public static ActivityOptions scan(String zone) {
    return retriedByServer()
        .setTaskQueue(TaskQueues.analyse(zone))
        .setStartToCloseTimeout(Duration.ofDays(2))
        .setHeartbeatTimeout(HEARTBEAT)
        .build();
  }

  /** One look at one file. */
  public static ActivityOptions analysis(String zone) {
    return judged(TaskQueues.analyse(zone), Duration.ofMinutes(15));
  }

  /** A source read from end to end while nothing else needs the machine. */
  public static ActivityOptions sourceCheck(String zone) {
    return judged(TaskQueues.check(zone), Duration.ofDays(30));
  }

  /** One probe, which may be held up for a day; the limits of its programs count running time. */
  public static ActivityOptions probe(Encoder encoder, String zone) {
    return judged(TaskQueues.search(encoder, zone), Duration.ofDays(30));
  }

  /** An encode wherever there is a free encoder; our own limits count running time. */
  public static ActivityOptions encode(Encoder encoder, String zone) {
    return judged(TaskQueues.encode(encoder, zone), Duration.ofDays(30));
  }

  /** A probe, or an encode, that comes back where nobody takes it. */
  public static ActivityOptions comingBack(ActivityOptions options) {
    return ActivityOptions.newBuilder(options).setScheduleToStartTimeout(ENCODER_PATIENCE).build();
  }

  /** A place at an encoder. */
  public static ActivityOptions turn(Encoder encoder, String zone) {
    return comingBack(judged(TaskQueues.search(encoder, zone), Duration.ofDays(30)));
  }

  /** An encode that may run on this machine already. */
  public static ActivityOptions encodeOn(String host) {
    return ActivityOptions.newBuilder(judged(TaskQueues.host(host), Duration.ofDays(30)))
        .setScheduleToStartTimeout(HOST_PATIENCE)
        .build();
  }

  /**
   * Verification, on the machine that holds the result: where a result is scored as a whole, that
   * takes as long as an encode. The limits of its programs count running time.
   */
  public static ActivityOptions verify(String host) {
    return ActivityOptions.newBuilder(judged(TaskQueues.host(host), Duration.ofDays(30)))
        .setScheduleToStartTimeout(HOST_PATIENCE)
        .build();
  }

  /** A copy into the library, from the machine that holds the result. */
  public static ActivityOptions onHost(String host) {
    return ActivityOptions.newBuilder(judged(TaskQueues.host(host), Duration.ofHours(12)))
        .setScheduleToStartTimeout(HOST_PATIENCE)
        .build();
  }

  /** A swap or an undo: a slow mount may take a day to copy a film; its heartbeat says it lives. */
  public static ActivityOptions files(String zone) {
    return judged(TaskQueues.files(zone), Duration.ofDays(30));
  }

  /** A round through those who are told of a changed file. */
  public static ActivityOptions telling(String zone) {
    return retriedByServer()
        .setTaskQueue(TaskQueues.files(zone))
        .setStartToCloseTimeout(Duration.ofMinutes(30))
        .build();
  }

  /** A question to Sonarr or Radarr before work. */
  public static ActivityOptions asking(String zone) {
    return retriedByServer()
        .setTaskQueue(TaskQueues.files(zone))
        .setStartToCloseTimeout(Duration.ofMinutes(10))
        .build();
  }

  /** A step of telling Sonarr or Radarr of a file; the workflow goes on with the next round. */
  public static ActivityOptions tellingOfFile(String zone) {
    return judged(TaskQueues.files(zone), Duration.ofHours(2));
  }

  /** A step of getting another copy of a file; the workflow tries again for as long as it takes. */
  public static ActivityOptions redownloading(String zone) {
    return judged(TaskQueues.files(zone), Duration.ofHours(2));
  }

  /** A part of a sync with Sonarr or Radarr; the whole list of titles may take minutes. */
  public static ActivityOptions syncing(String zone) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(TaskQueues.analyse(zone))
        .setStartToCloseTimeout(Duration.ofMinutes(30))
        // The list of titles comes in one answer, which a slow server begins after minutes.
        .setHeartbeatTimeout(Duration.ofMinutes(15))
        .setRetryOptions(
            RetryOptions.newBuilder(patient()).setMaximumAttempts(SWEEP_ATTEMPTS).build())
        .build();
  }

  /** A webhook made or put right; the next sync tries again. */
  public static ActivityOptions registering(String zone) {
    return judged(TaskQueues.analyse(zone), Duration.ofMinutes(15));
  }

  /** A look at a connection, for somebody who waits for it. */
  public static ActivityOptions checking(String zone) {
    return ActivityOptions.newBuilder(judged(TaskQueues.analyse(zone), Duration.ofMinutes(5)))
        .setScheduleToStartTimeout(Duration.ofMinutes(1))
        .build();
  }

  /** A sweep over rows and workflows; what fails again and again is left to the next round. */
  public static ActivityOptions sweepRows() {
    return sweep(TaskQueues.CONTROL, Duration.ofMinutes(30)).build();
  }

  /** A sweep through a library. */
  public static ActivityOptions sweepLibrary(String zone) {
    return sweep(TaskQueues.analyse(zone), Duration.ofHours(12)).build();
  }

  /** What the janitor does with one file of a library. */
  public static ActivityOptions sweepFile(String zone) {
    return sweep(TaskQueues.files(zone), Duration.ofHours(12)).build();
  }

  /** A sweep of one machine, which may be away. */
  public static ActivityOptions sweepMachine(String host) {
    return sweep(TaskQueues.host(host), Duration.ofMinutes(30)).build();
  }

  private static ActivityOptions.Builder sweep(String queue, Duration startToClose) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setScheduleToStartTimeout(HOST_PATIENCE)
        .setStartToCloseTimeout(startToClose)
        .setHeartbeatTimeout(HEARTBEAT)
        .setRetryOptions(
            RetryOptions.newBuilder(patient()).setMaximumAttempts(SWEEP_ATTEMPTS).build());
  }

  private static ActivityOptions judged(String queue, Duration startToClose) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setStartToCloseTimeout(startToClose)
        .setHeartbeatTimeout(HEARTBEAT)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .build();
  }

  private static ActivityOptions.Builder retriedByServer() {
    return ActivityOptions.newBuilder().setRetryOptions(patient());
  }

  private static RetryOptions patient() {
    return RetryOptions.newBuilder()
        .setInitialInterval(Duration.ofSeconds(1))
        .setMaximumInterval(Duration.ofMinutes(1))
        .build();
  }
}
