package dev.reencodarr.fakearr.history;

import java.time.Instant;
import java.util.List;

/** A release that is not taken again. */
public record Blocked(
    long id, long title, List<Long> parts, String release, Instant at, String message) {
  public Blocked {
    parts = List.copyOf(parts);
  }
}
