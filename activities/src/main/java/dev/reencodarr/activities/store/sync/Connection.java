package dev.reencodarr.activities.store.sync;

import dev.reencodarr.workflows.media.PathMap;
import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.SyncOrder;
import java.net.URI;
import java.time.Duration;

/**
 * A connection to a Sonarr or Radarr.
 *
 * @param name a-z, 0-9 and -, 40 characters at most
 * @param url ends with a slash; holds no secret
 * @param secret id of its key, which is bound to the address
 * @param zone the machines that reach it and see its files
 * @param every time between two syncs
 */
public record Connection(
    long id,
    String name,
    ArrKind kind,
    URI url,
    long secret,
    String zone,
    PathMap paths,
    Duration every) {

  /** A whole sync of it. */
  public SyncOrder wholeSync() {
    return SyncOrder.whole(id, name, kind, zone);
  }

  /** For people. */
  public String words() {
    return kind.appName() + " " + name + " at " + url;
  }
}
