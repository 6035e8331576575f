package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;

/**
 * What one video is expected to come to.
 *
 * @param bytes of the file as it is
 * @param savedBytes on average of what is possible, a file that is left alone counted as 0
 * @param saved its range
 * @param cpuSeconds of search and encode, above 0
 */
public record Deal(
    VideoId id,
    MediaPath path,
    long bytes,
    double savedBytes,
    Range saved,
    double cpuSeconds,
    Basis basis) {

  private static final double HOUR = 3600;

  /** Bytes saved for each hour of one processor core. */
  public double savedPerCpuHour() {
    return savedBytes * HOUR / cpuSeconds;
  }
}
