package dev.reencodarr.activities.store;

/**
 * Something that a request's walk met and left alone.
 *
 * @param path for people: names that are not valid UTF-8 show U+FFFD
 */
public record RequestNote(String path, String note) {}
