package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoState;
import dev.reencodarr.workflows.sync.ManagedStanding;
import dev.reencodarr.workflows.temporal.Pauses;
import io.temporal.workflow.Functions;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits while Sonarr or Radarr is about to put another file in the place of a video: an encode of
 * this one would be for nothing. Comes back before the file is looked at, which may be another one
 * by then.
 */
final class ManagedWait {

  /** A download may hang for months, until somebody looks after it. */
  private static final Pauses WAITS = new Pauses(Duration.ofMinutes(15), Duration.ofHours(6));

  private final Parking parking;
  private final Pausing pausing;

  ManagedWait(Parking parking, Pausing pausing) {
    this.parking = parking;
    this.pausing = pausing;
  }

  /**
   * Waits, however long that takes; an operator's {@code retry} has it looked at once more.
   *
   * @return how the video ends where it is to be left alone
   */
  Optional<VideoEnd> untilFree(Functions.Func<ManagedStanding> asked) {
    Duration wait = WAITS.first();
    while (true) {
      switch (asked.apply()) {
        case ManagedStanding.Free() -> {
          return Optional.empty();
        }
        case ManagedStanding.LeftAlone alone -> {
          return Optional.of(new VideoEnd.Skipped(alone.reason(), alone.detail()));
        }
        case ManagedStanding.Later later -> parking.untilRetriedOr(wait, later.why());
      }
      wait = WAITS.after(wait);
      pausing.before(VideoState.ANALYSING, "");
    }
  }
}
