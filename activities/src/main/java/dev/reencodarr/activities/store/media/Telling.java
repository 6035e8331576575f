package dev.reencodarr.activities.store.media;

/**
 * A change that a media server is to be told of.
 *
 * @param path as we call it
 * @param change created, modified, deleted
 */
public record Telling(long id, MediaServer server, String path, String change) {}
