package dev.reencodarr.workflows.analysis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What ffprobe says of a file.
 *
 * @param formatName ffprobe's format_name, such as {@code matroska,webm}
 * @param startSeconds what the clock of the container shows at the beginning; may be negative
 * @param durationSeconds of the container; 0 when unknown
 * @param sizeBytes of the file
 * @param streams all streams, by index
 * @param chapters how many there are
 * @param tags of the container, names in lower case
 */
public record MediaFacts(
    String formatName,
    double startSeconds,
    double durationSeconds,
    long sizeBytes,
    List<MediaStream> streams,
    int chapters,
    Map<String, String> tags) {

  /** ffprobe's names of formats whose duration is what the clock shows at the end. */
  private static final Set<String> TOLD_BY_THE_LAST_TIME = Set.of("matroska,webm", "asf");

  /**
   * Seconds of the container's duration before anything begins; 0 where it counts only what there
   * is, and where the clock begins at once.
   */
  public double silentSeconds() {
    return TOLD_BY_THE_LAST_TIME.contains(formatName) && startSeconds < durationSeconds
        ? Math.max(0, startSeconds)
        : 0;
  }

  /** 8 × size ÷ duration, in bits per second; stored bitrate tags lie after a re-encode. */
  public long overallBitrate() {
    return durationSeconds > 0 ? Math.round(8.0 * sizeBytes / durationSeconds) : 0;
  }

  /** The video streams that are film, not covers. */
  public List<MediaStream.Video> films() {
    return streams.stream()
        .filter(MediaStream.Video.class::isInstance)
        .map(MediaStream.Video.class::cast)
        .filter(video -> !video.isPicture())
        .toList();
  }

  /** The main video stream: the film with the most pixels, the first of equals. */
  public Optional<MediaStream.Video> mainVideo() {
    MediaStream.Video best = null;
    for (MediaStream.Video film : films()) {
      if (best == null
          || (long) film.width() * film.height() > (long) best.width() * best.height()) {
        best = film;
      }
    }
    return Optional.ofNullable(best);
  }
}
