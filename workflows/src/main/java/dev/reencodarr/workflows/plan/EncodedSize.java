package dev.reencodarr.workflows.plan;

import dev.reencodarr.workflows.analysis.MediaStream;

/**
 * The picture size of a result: that of the film, save that an odd last row or column is cut off.
 * The encoder holds only even sizes and would cut it silently; scores are measured of the cut
 * picture.
 *
 * @param width in pixels, even
 * @param height in pixels, even
 */
public record EncodedSize(int width, int height) {

  /** The size that a film is encoded with. */
  public static EncodedSize of(MediaStream.Video film) {
    return new EncodedSize(film.width() / 2 * 2, film.height() / 2 * 2);
  }

  boolean cuts(MediaStream.Video film) {
    return width != film.width() || height != film.height();
  }
}
