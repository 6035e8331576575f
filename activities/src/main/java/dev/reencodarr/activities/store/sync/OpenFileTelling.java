package dev.reencodarr.activities.store.sync;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import java.util.Optional;

/**
 * What a connection is still to be told of.
 *
 * @param file id of the file as it was managed when it was replaced
 * @param path where it lies now, as we call it
 * @param before as the connection had it before it was told, or as of the latest sync
 * @param monitored what of it was monitored before it was told; empty: it was not asked yet, or did
 *     not know the file any more
 */
public record OpenFileTelling(
    long id,
    Connection connection,
    VideoId video,
    long file,
    long title,
    MediaPath path,
    Optional<ManagedFile> before,
    Optional<Monitored> monitored) {

  /** The same, lying elsewhere. */
  public OpenFileTelling at(MediaPath now) {
    return new OpenFileTelling(id, connection, video, file, title, now, before, monitored);
  }
}
