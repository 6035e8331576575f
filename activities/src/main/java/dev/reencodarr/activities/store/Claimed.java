package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.video.RunKey;
import java.util.List;
import java.util.UUID;

/** What became of a run's claim on a video. */
public sealed interface Claimed {

  /**
   * The row is this run's.
   *
   * @param unfinished replacements of the video that an encode has to settle first, the oldest
   *     first
   */
  record Taken(Video video, Library library, List<UUID> unfinished) implements Claimed {}

  /** There is nothing to do. */
  record Settled(String why) implements Claimed {}

  /** Another run has it and has not finished; whether it lives, Temporal knows. */
  record Held(RunKey holder) implements Claimed {}
}
