package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.replace.Replacement;
import java.util.Optional;
import java.util.UUID;

/**
 * What lies beside a file in quarantine, so that it can be understood and put back even without the
 * database. Which of the two files lies where, the files themselves say.
 *
 * @param version of this layout
 * @param source path of the original
 * @param target path of the result
 */
record Manifest(
    int version,
    UUID replacement,
    Optional<VideoId> video,
    MediaPath libraryRoot,
    MediaPath source,
    MediaPath target,
    SourceIdentity original,
    String resultSha256,
    long resultBytes) {

  static Manifest of(Replacement row) {
    return new Manifest(
        1,
        row.id(),
        row.video(),
        row.libraryRoot(),
        row.source(),
        row.target(),
        row.original(),
        row.resultSha256(),
        row.resultBytes());
  }
}
