package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;

/**
 * A verified result to be copied beside its source, or to where the user wants it.
 *
 * @param libraryRoot of the source
 * @param result in the work folder
 */
public record StageRequest(
    VideoId video, MediaPath libraryRoot, MediaPath source, MediaPath result, String sha256) {}
