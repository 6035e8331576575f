package dev.reencodarr.activities.watching;

import dev.reencodarr.activities.hold.Hold;
import dev.reencodarr.activities.hold.HoldSource;
import dev.reencodarr.activities.store.media.MediaServer;
import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.MediaServerState;
import dev.reencodarr.workflows.watching.HoldWhen;
import dev.reencodarr.workflows.watching.Viewers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody watches at a media server of this machine's zone. One machine of the zone asks,
 * whichever comes first; all of them go by what it has written down.
 */
public final class WatchingSource implements HoldSource {

  private static final Logger LOG = LoggerFactory.getLogger(WatchingSource.class);

  private final MediaServerRepository rows;
  private final MediaServers servers;
  private final String zone;
  private volatile boolean isKnown = false;
  private volatile Known known = new Known(List.of(), System.nanoTime());

  /**
   * @param at when they were so, by {@link System#nanoTime}
   */
  private record Known(List<MediaServerState> states, long at) {}

  public WatchingSource(MediaServerRepository rows, MediaServers servers, String zone) {
    this.rows = rows;
    this.servers = servers;
    this.zone = zone;
  }

  @Override
  public void refresh() {
    // First what others have heard: a server that does not answer may take long.
    know();
    String key = servers.fingerprint();
    // Each once: while one is asked that does not answer, its time comes again.
    Set<Long> asked = new HashSet<>();
    Optional<MediaServer> next = rows.toBeAsked(zone, key);
    while (next.isPresent() && asked.add(next.get().id())) {
      ask(next.get());
      next = rows.toBeAsked(zone, key);
    }
    know();
  }

  private void know() {
    known = new Known(rows.states(zone), System.nanoTime());
    isKnown = true;
  }

  private void ask(MediaServer server) {
    try {
      Viewers viewers = servers.viewers(server);
      rows.answered(server, viewers);
    } catch (MediaServerFailed e) {
      LOG.debug("{}: {}", server.words(), e.getMessage());
      rows.failed(server, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean isKnown() {
    return isKnown;
  }

  @Override
  public List<Hold> holds() {
    Known now = known;
    Duration since = Duration.ofNanos(System.nanoTime() - now.at());
    return now.states().stream()
        .filter(state -> state.server().when() != HoldWhen.NEVER)
        .map(state -> state.laterBy(since))
        .filter(state -> state.heldFor().isPresent())
        .map(state -> new Hold(why(state), true))
        .toList();
  }

  private static String why(MediaServerState state) {
    boolean watched = state.viewers().thatHoldUp(state.server().when()) > 0;
    String kind = state.server().kind().code();
    return watched
        ? "somebody watches (" + kind + ")"
        : "somebody has watched (" + kind + ") a moment ago";
  }
}
