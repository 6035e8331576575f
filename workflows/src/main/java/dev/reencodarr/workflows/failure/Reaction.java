package dev.reencodarr.workflows.failure;

/** What is done about a failure; the numbers of each stand in {@link RetryPolicy}. */
public enum Reaction {
  /** Run the step again after a growing pause, a few times. */
  RETRY,
  /**
   * Too little memory: run a probe or an encode again with half the threads, once. A second time it
   * gives the video up; a step without an encoder is retried.
   */
  HALVE_THREADS,
  /** The fault of the infrastructure: run again after a capped pause, as long as it takes. */
  WAIT_AND_RETRY,
  /** The worker was restarted or lost: ask the same machine first, attach to what runs there. */
  TAKE_OVER,
  /**
   * The device of the encoder is missing or takes no more: the next wished encoder; where there is
   * none, as if the worker were unfit.
   */
  NEXT_ENCODER,
  /** The next rung of the ladder. */
  NEXT_RUNG,
  /** This video cannot be done; the next one. */
  GIVE_UP,
  /** The worker is unfit: its queue stops, the step goes to another or waits. */
  STOP_QUEUE
}
