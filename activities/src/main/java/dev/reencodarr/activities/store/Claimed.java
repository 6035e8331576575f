package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.video.RunKey;

/** What became of a run's claim on a video. */
public sealed interface Claimed {

  /** The row is this run's. */
  record Taken(Video video, Library library) implements Claimed {}

  /** There is nothing to do. */
  record Settled(String why) implements Claimed {}

  /** Another run has it and has not finished; whether it lives, Temporal knows. */
  record Held(RunKey holder) implements Claimed {}
}
