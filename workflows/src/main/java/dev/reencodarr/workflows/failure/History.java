package dev.reencodarr.workflows.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The failures that a stage of a video has behind it, counted by what was done about them.
 *
 * @param retries that count against the video
 * @param waits for the infrastructure
 * @param takeOvers of what a restarted or lost worker left
 * @param losses of workers that were not heard of any more
 * @param stops of a worker's queue
 * @param threadsHalved whether it runs with half the threads already
 */
public record History(
    int retries, int waits, int takeOvers, Losses losses, int stops, boolean threadsHalved) {

  /** One poisonous file must not take a fleet down for ever. */
  private static final int LOST_WORKERS = 3;

  /**
   * Workers that were lost one soon after the other.
   *
   * @param workers that were lost
   * @param hosts their machines, as far as they are known, each once
   * @param latest when the latest was lost
   */
  public record Losses(int workers, List<String> hosts, Instant latest) {

    /** Power cuts, and what else has nothing to do with a film that is at work for a week. */
    private static final Duration UNRELATED = Duration.ofDays(1);

    private static final Losses NONE = new Losses(0, List.of(), Instant.EPOCH);

    public Losses {
      hosts = List.copyOf(hosts);
    }

    private Losses plus(String host, Instant at) {
      Losses related = workers > 0 && isUnrelatedTo(at) ? NONE : this;
      List<String> with = new ArrayList<>(related.hosts);
      if (!host.isEmpty() && !with.contains(host)) {
        with.add(host);
      }
      return new Losses(related.workers + 1, with, at);
    }

    private boolean isUnrelatedTo(Instant later) {
      return Duration.between(latest, later).compareTo(UNRELATED) > 0;
    }
  }

  /** Nothing has failed yet. */
  public static History none() {
    return new History(0, 0, 0, Losses.NONE, 0, false);
  }

  /** How often the step has failed. */
  public int failures() {
    return retries + waits + takeOvers + stops;
  }

  /**
   * With one failure more.
   *
   * @param evidence a worker that was lost counts, one that was restarted does not
   * @param at when it failed: a worker that is lost more than a day after the one before is the
   *     first again
   */
  public History plus(Classification failure, Evidence evidence, Instant at) {
    return switch (failure.reaction()) {
      case RETRY, HALVE_THREADS ->
          new History(retries + 1, waits, takeOvers, losses, stops, threadsHalved);
      case WAIT_AND_RETRY ->
          new History(retries, waits + 1, takeOvers, losses, stops, threadsHalved);
      case TAKE_OVER ->
          new History(
              retries, waits, takeOvers + 1, lossesWith(evidence, at), stops, threadsHalved);
      case STOP_QUEUE, NEXT_ENCODER ->
          new History(retries, waits, takeOvers, losses, stops + 1, threadsHalved);
      case NEXT_RUNG, GIVE_UP -> this;
    };
  }

  private Losses lossesWith(Evidence evidence, Instant at) {
    return evidence.kind() == EvidenceKind.WORKER_LOST
        ? losses.plus(evidence.context().getOrDefault("host", ""), at)
        : losses;
  }

  /** The same, from now on with half the threads. */
  public History withHalfTheThreads() {
    return new History(retries, waits, takeOvers, losses, stops, true);
  }

  /** Whether the stage has lost so many workers that the file itself is suspected. */
  public boolean isSuspect() {
    return losses.workers() >= LOST_WORKERS;
  }

  /** Whether it lost as many again, on whatever machines. */
  boolean isPoison() {
    return losses.workers() >= 2 * LOST_WORKERS;
  }
}
