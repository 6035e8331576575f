package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.MediaPath;

/**
 * A piece of a film as it is, and as its result would be; both begin with the same picture.
 *
 * @param host whose files they are
 * @param cut of the source, its streams copied
 * @param sample encoded
 * @param start seconds into the film
 * @param seconds that were wanted; fewer where the film is at its end
 */
public record MadeSample(
    String host,
    MediaPath cut,
    long cutBytes,
    MediaPath sample,
    long sampleBytes,
    double start,
    double seconds) {}
