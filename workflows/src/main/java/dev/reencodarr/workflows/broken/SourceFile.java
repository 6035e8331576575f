package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Instant;

/**
 * A file that is to be checked, as it was last seen.
 *
 * @param size in bytes
 * @param mtime in whole microseconds
 */
public record SourceFile(VideoId video, MediaPath path, long size, Instant mtime) {}
