package dev.reencodarr.activities.store.sync;

import dev.reencodarr.workflows.media.MediaPath;

/**
 * A file that was replaced or put back, of which its connection is still to be told.
 *
 * @param file its id as it was managed when that happened
 * @param path where it lies now, as we call it
 * @param size of it, bytes
 */
public record UntoldFile(long file, MediaPath path, long size) {}
