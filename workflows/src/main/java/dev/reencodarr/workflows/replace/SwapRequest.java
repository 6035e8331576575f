package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.media.VideoId;

/**
 * Put the staged result in the place of its source.
 *
 * @param attempt key of this attempt, the same when the server runs it twice: workflow id, first
 *     run id and pass
 * @param targetPath equal to {@code source} for a swap at the same path
 */
public record SwapRequest(
    VideoId video,
    String attempt,
    MediaPath libraryRoot,
    MediaPath source,
    SourceIdentity identity,
    MediaPath targetPath,
    StagedResult staged) {}
