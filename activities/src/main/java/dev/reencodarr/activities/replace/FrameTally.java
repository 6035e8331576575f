package dev.reencodarr.activities.replace;

import java.util.OptionalDouble;

/**
 * What counting a video stream came to.
 *
 * @param frames packets or decoded frames, whichever was counted
 * @param startSeconds of the stream, from the start of the container
 * @param lastSeconds when the last frame is shown, from the start of the container; empty where the
 *     packets bear no times, or frames were counted
 * @param complaints what ffprobe said while it counted; empty if nothing
 */
record FrameTally(long frames, double startSeconds, OptionalDouble lastSeconds, String complaints) {

  /** Whether two counts are of the same film: within 2 frames or 0.1 %. */
  static boolean agree(long one, long other) {
    return Math.abs(one - other) <= Math.max(2, Math.max(one, other) / 1000.0);
  }
}
