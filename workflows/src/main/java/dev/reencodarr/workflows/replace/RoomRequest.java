package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;

/**
 * Asks for what a replacement will need, before anything costly is done for it.
 *
 * @param sourceBytes size of the original, which will lie in quarantine
 * @param resultBytes size that the result is expected to have; 0: not known yet
 */
public record RoomRequest(
    VideoId video, MediaPath libraryRoot, MediaPath source, long sourceBytes, long resultBytes) {

  /** The same with a result of this size. */
  public RoomRequest expecting(long bytes) {
    return new RoomRequest(video, libraryRoot, source, sourceBytes, bytes);
  }
}
