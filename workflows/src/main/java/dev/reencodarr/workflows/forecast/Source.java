package dev.reencodarr.workflows.forecast;

import dev.reencodarr.workflows.analysis.HdrKind;
import dev.reencodarr.workflows.analysis.MediaFacts;
import dev.reencodarr.workflows.analysis.MediaStream;
import dev.reencodarr.workflows.media.MediaPath;
import java.util.Optional;

/**
 * The facts of a video that its forecast rests on.
 *
 * @param series the folder above the video's own; empty where that is the library itself
 * @param season the video's own folder; empty where that is the library itself
 * @param codec ffmpeg's name
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param framesPerSecond above 0
 * @param seconds it lasts, above 0
 * @param bytes of the file
 * @param copiedBytes of them, those that are not the film: an encode leaves them as they are
 */
public record Source(
    String series,
    String season,
    String codec,
    int width,
    int height,
    double framesPerSecond,
    double seconds,
    long bytes,
    long copiedBytes,
    boolean hdr) {

  private static final double USUAL_FRAME_RATE = 24;
  private static final double BITS = 8;
  private static final double MILLION = 1e6;

  /** The facts of a file; empty where there is no film in it or its length is unknown. */
  public static Optional<Source> of(MediaPath path, MediaPath root, MediaFacts facts) {
    Optional<MediaStream.Video> film = facts.mainVideo();
    if (film.isEmpty() || !(facts.durationSeconds() > 0)) {
      return Optional.empty();
    }
    MediaStream.Video video = film.get();
    return Optional.of(
        of(
            path,
            root,
            video.codec(),
            video.width(),
            video.height(),
            video.averageFrameRate(),
            facts.durationSeconds(),
            facts.sizeBytes(),
            CopiedStreams.bytes(facts),
            video.hdr() != HdrKind.SDR));
  }

  /** The same of what a row says; a frame rate of 0 is taken for the usual one. */
  public static Source of(
      MediaPath path,
      MediaPath root,
      String codec,
      int width,
      int height,
      double framesPerSecond,
      double seconds,
      long bytes,
      long copiedBytes,
      boolean hdr) {
    MediaPath folder = path.parent();
    return new Source(
        name(folder.parent(), root),
        name(folder, root),
        codec,
        Math.max(1, width),
        Math.max(1, height),
        framesPerSecond > 0 ? framesPerSecond : USUAL_FRAME_RATE,
        seconds,
        bytes,
        Math.clamp(copiedBytes, 0, Math.max(0, bytes - 1)),
        hdr);
  }

  private static String name(MediaPath folder, MediaPath root) {
    return folder.isWithin(root) && !folder.equals(root) ? folder.value() : "";
  }

  /** Bytes of the film itself, at least 1. */
  public long videoBytes() {
    return Math.max(1, bytes - copiedBytes);
  }

  /** Pixels of all frames, in millions; above 0. */
  double megapixels() {
    return Math.max(1, framesPerSecond * seconds) * width * height / MILLION;
  }

  /** Bits of the film for each pixel of each frame; above 0. */
  double bitsPerPixel() {
    return BITS * videoBytes() / (megapixels() * MILLION);
  }
}
