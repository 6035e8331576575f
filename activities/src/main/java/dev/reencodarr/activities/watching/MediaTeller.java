package dev.reencodarr.activities.watching;

import dev.reencodarr.activities.store.media.MediaServerRepository;
import dev.reencodarr.activities.store.media.Telling;
import dev.reencodarr.activities.store.media.TellingRepository;
import dev.reencodarr.workflows.media.VideoId;
import dev.reencodarr.workflows.sync.TellActivities;
import dev.reencodarr.workflows.sync.TellProgress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells media servers of changed files. */
public final class MediaTeller implements TellActivities {

  private static final Logger LOG = LoggerFactory.getLogger(MediaTeller.class);

  /** A server that is away for so long will look through its libraries when it is back. */
  private static final Duration PATIENCE = Duration.ofDays(7);

  private final TellingRepository tellings;
  private final MediaServerRepository rows;
  private final MediaServers servers;

  public MediaTeller(TellingRepository tellings, MediaServerRepository rows, MediaServers servers) {
    this.tellings = tellings;
    this.rows = rows;
    this.servers = servers;
  }

  @Override
  public TellProgress listeners(VideoId video) {
    int told = 0;
    int left = 0;
    int givenUp = 0;
    String problem = "";
    Map<Long, String> silent = new HashMap<>();
    for (Telling telling : tellings.open(video)) {
      String failure = silent.getOrDefault(telling.server().id(), "");
      if (failure.isEmpty()) {
        failure = tell(telling);
      }
      if (failure.isEmpty()) {
        tellings.told(telling.id());
        told++;
        continue;
      }
      silent.put(telling.server().id(), failure);
      problem = telling.server().words() + ": " + failure;
      if (tellings.failed(telling.id(), failure, PATIENCE)) {
        LOG.warn("{} is given up to be told of {}", telling.server().words(), telling.path());
        givenUp++;
      } else {
        left++;
      }
    }
    return new TellProgress(told, left, givenUp, problem);
  }

  /** Tells one; what went wrong, empty where nothing did. */
  private String tell(Telling telling) {
    try {
      servers.tell(telling.server(), telling.path(), telling.change());
      rows.took(telling.server());
      return "";
    } catch (MediaServerFailed e) {
      String problem = String.valueOf(e.getMessage());
      rows.failed(telling.server(), problem);
      return problem;
    }
  }
}
