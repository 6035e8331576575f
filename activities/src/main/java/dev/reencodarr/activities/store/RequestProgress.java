package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.library.ScanTally;
import dev.reencodarr.workflows.media.VideoState;
import java.util.Map;
import java.util.Optional;

/**
 * How far a request is.
 *
 * @param videos in it, as far as its walk has come
 * @param analysed of them
 * @param settled of them
 * @param parked of them: not settled, and waiting for an operator or a far day, in this request or
 *     in another that has begun them
 * @param states of those that are started and not settled
 * @param results of those that are settled
 * @param tally of the walk; empty until the list of videos is complete
 * @param failure why it failed as a whole
 */
public record RequestProgress(
    int videos,
    int analysed,
    int settled,
    int parked,
    Map<VideoState, Integer> states,
    Map<Outcome.Result, Integer> results,
    Optional<ScanTally> tally,
    Optional<String> failure) {

  /** Whether nothing more will come of it. */
  public boolean isDone() {
    return failure.isPresent() || (tally.isPresent() && settled == videos);
  }

  /** Whether nothing more will come of it before somebody does something about what is parked. */
  public boolean isParked() {
    return !isDone() && tally.isPresent() && settled + parked == videos;
  }

  /** Whether a pass can be at work on a video of it: on one that is analysed and not settled. */
  public boolean mayBeAtWork() {
    return !isDone() && analysed > settled;
  }
}
