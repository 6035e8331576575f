package dev.reencodarr.activities.store.broken;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.VideoId;
import java.time.Instant;

/**
 * A file that a check has found to be broken, and that is as it was.
 *
 * @param size in bytes
 * @param problem in a sentence
 * @param deep whether every picture was decoded
 */
public record CheckedSource(
    VideoId video, MediaPath path, long size, String problem, boolean deep, Instant checkedAt) {}
