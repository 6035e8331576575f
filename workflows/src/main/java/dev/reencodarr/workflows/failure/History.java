package dev.reencodarr.workflows.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * The failures that a stage of a video has behind it, counted by what was done about them.
 *
 * @param retries that count against the video
 * @param waits for the infrastructure
 * @param takeOvers of what a restarted or lost worker left
 * @param lostWorkers the take-overs whose worker was not heard of any more
 * @param lostOn their machines, as far as they are known, each once
 * @param stops of a worker's queue
 * @param threadsHalved whether it runs with half the threads already
 */
public record History(
    int retries,
    int waits,
    int takeOvers,
    int lostWorkers,
    List<String> lostOn,
    int stops,
    boolean threadsHalved) {

  /** One poisonous file must not take a fleet down for ever. */
  private static final int LOST_WORKERS = 3;

  public History {
    lostOn = List.copyOf(lostOn);
  }

  /** Nothing has failed yet. */
  public static History none() {
    return new History(0, 0, 0, 0, List.of(), 0, false);
  }

  /** How often the step has failed. */
  public int failures() {
    return retries + waits + takeOvers + stops;
  }

  /**
   * With one failure more.
   *
   * @param evidence a worker that was lost counts, one that was restarted does not
   */
  public History plus(Classification failure, Evidence evidence) {
    return switch (failure.reaction()) {
      case RETRY, HALVE_THREADS ->
          new History(retries + 1, waits, takeOvers, lostWorkers, lostOn, stops, threadsHalved);
      case WAIT_AND_RETRY ->
          new History(retries, waits + 1, takeOvers, lostWorkers, lostOn, stops, threadsHalved);
      case TAKE_OVER ->
          evidence.kind() == EvidenceKind.WORKER_LOST
              ? new History(
                  retries,
                  waits,
                  takeOvers + 1,
                  lostWorkers + 1,
                  lostOnToo(evidence),
                  stops,
                  threadsHalved)
              : new History(
                  retries, waits, takeOvers + 1, lostWorkers, lostOn, stops, threadsHalved);
      case STOP_QUEUE ->
          new History(retries, waits, takeOvers, lostWorkers, lostOn, stops + 1, threadsHalved);
      case NEXT_RUNG, GIVE_UP -> this;
    };
  }

  /** The same, from now on with half the threads. */
  public History withHalfTheThreads() {
    return new History(retries, waits, takeOvers, lostWorkers, lostOn, stops, true);
  }

  private List<String> lostOnToo(Evidence evidence) {
    String host = evidence.context().getOrDefault("host", "");
    if (host.isEmpty() || lostOn.contains(host)) {
      return lostOn;
    }
    List<String> hosts = new ArrayList<>(lostOn);
    hosts.add(host);
    return hosts;
  }

  /** Whether the stage has lost so many workers that the file itself is suspected. */
  public boolean isSuspect() {
    return lostWorkers >= LOST_WORKERS;
  }

  /** Whether it lost as many again, on whatever machines. */
  boolean isPoison() {
    return lostWorkers >= 2 * LOST_WORKERS;
  }
}
