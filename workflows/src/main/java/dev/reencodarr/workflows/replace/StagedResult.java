package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;

/**
 * A verified result that lies on the mount of its source, whole and on disk.
 *
 * @param path in the stage folder of the source's mount
 */
public record StagedResult(MediaPath path, String sha256, long sizeBytes) {}
