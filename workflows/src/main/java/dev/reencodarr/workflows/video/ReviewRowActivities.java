package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.VideoId;
import io.temporal.activity.ActivityInterface;
import org.jspecify.annotations.Nullable;

/** What is known of results that wait for a review. Each can be run twice without harm. */
@ActivityInterface(namePrefix = "ReviewRow")
public interface ReviewRowActivities {

  /**
   * A held result, as it was written down.
   *
   * @param approved whether somebody has approved it already
   */
  record Known(HeldResult result, boolean approved) {}

  /** What an earlier run of the video has held; null where nothing. */
  @Nullable Known known(VideoId video);

  /** It waits from now on; one that waits already waits since then. */
  void held(HeldResult result);

  /** Somebody has approved it. */
  void approved(VideoId video);

  /** Nobody waits for it any more. */
  void forget(VideoId video);
}
