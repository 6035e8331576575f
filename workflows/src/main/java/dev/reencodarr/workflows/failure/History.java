package dev.reencodarr.workflows.failure;

/**
 * The failures that a stage of a video has behind it, counted by what was done about them.
 *
 * @param retries that count against the video
 * @param waits for the infrastructure
 * @param takeOvers of what a restarted or lost worker left
 * @param lostWorkers the take-overs whose worker was not heard of any more
 * @param stops of a worker's queue
 */
public record History(int retries, int waits, int takeOvers, int lostWorkers, int stops) {

  /** Nothing has failed yet. */
  public static History none() {
    return new History(0, 0, 0, 0, 0);
  }

  /**
   * With one failure more.
   *
   * @param kind of the evidence: a worker that was lost counts, one that was restarted does not
   */
  public History plus(Classification failure, EvidenceKind kind) {
    return switch (failure.reaction()) {
      case RETRY -> new History(retries + 1, waits, takeOvers, lostWorkers, stops);
      case WAIT_AND_RETRY -> new History(retries, waits + 1, takeOvers, lostWorkers, stops);
      case TAKE_OVER ->
          new History(
              retries,
              waits,
              takeOvers + 1,
              lostWorkers + (kind == EvidenceKind.WORKER_LOST ? 1 : 0),
              stops);
      case STOP_QUEUE -> new History(retries, waits, takeOvers, lostWorkers, stops + 1);
      case NEXT_RUNG, GIVE_UP -> this;
    };
  }
}
