package dev.reencodarr.activities.store.sync;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.ManagedFile;
import dev.reencodarr.workflows.sync.Monitored;
import java.time.Instant;
import java.util.Optional;

/**
 * What a connection is still to be told of.
 *
 * @param file id of the file as it was managed when it was replaced
 * @param found its id at the path where it lies now, as last seen; 0: not seen there yet
 * @param path where it lies now, as we call it
 * @param before as the connection had it before it was told, or as of the latest sync
 * @param monitored what of it was monitored before it was told, or as of the latest sync; empty:
 *     that is not known
 * @param recorded whether both are what the connection itself has said
 * @param noted when the latest change was noted: what comes after it is still to be told
 */
public record OpenFileTelling(
    long id,
    Connection connection,
    VideoId video,
    long file,
    long found,
    long title,
    MediaPath path,
    Optional<ManagedFile> before,
    Optional<Monitored> monitored,
    boolean recorded,
    Instant noted) {

  /** The same, lying elsewhere. */
  public OpenFileTelling at(MediaPath now) {
    return new OpenFileTelling(
        id, connection, video, file, found, title, now, before, monitored, recorded, noted);
  }
}
