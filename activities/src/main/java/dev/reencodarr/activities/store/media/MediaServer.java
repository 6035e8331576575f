package dev.reencodarr.activities.store.media;

import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.watching.HoldWhen;
import dev.reencodarr.workflows.watching.MediaServerKind;
import dev.reencodarr.workflows.watching.WatchPolicy;
import java.net.URI;

/**
 * A connection to a media server.
 *
 * @param url ends with a slash; holds no secret
 * @param secret id of its token, which is bound to the address
 * @param zone the machines that are held up, and the libraries that it is told of
 * @param refreshes whether it is told of what was replaced
 */
public record MediaServer(
    long id,
    MediaServerKind kind,
    URI url,
    long secret,
    String zone,
    HoldWhen when,
    WatchPolicy policy,
    PathMap paths,
    boolean refreshes) {

  /** For people. */
  public String words() {
    return kind.code() + " at " + url;
  }
}
