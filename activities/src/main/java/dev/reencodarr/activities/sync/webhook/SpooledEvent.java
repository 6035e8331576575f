package dev.reencodarr.activities.sync.webhook;

import dev.reencodarr.workflows.sync.ArrKind;
import dev.reencodarr.workflows.sync.TouchedTitles;
import java.util.List;

/**
 * Something has happened at a title: all that is needed to have it looked at, also where PostgreSQL
 * is away.
 *
 * @param connection its id
 * @param name of the connection
 */
record SpooledEvent(long connection, String name, ArrKind kind, String zone, long title) {

  TouchedTitles touched(List<Long> titles) {
    return new TouchedTitles(connection, name, kind, zone, titles);
  }
}
