package dev.reencodarr.activities.watching;

/**
 * A media server has not answered, or not as was to be expected; says how in our own words, so that
 * nothing of what it said and no secret is told on.
 */
public final class MediaServerFailed extends Exception {

  MediaServerFailed(String message) {
    super(message);
  }
}
