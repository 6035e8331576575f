package dev.reencodarr.bench.webhooks;

import java.util.List;

/**
 * A title to which something has happened.
 *
 * @param events all that its program tells of it, in order; at least one
 */
record Touched(long title, Change change, List<Call> events) {
  Touched {
    events = List.copyOf(events);
  }
}
