package dev.reencodarr.fakearr.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** For how long a notification is left alone that did not take what it was told. */
final class BackOff {

  private record Standing(int failures, Instant until) {}

  private final Map<Long, Standing> standings = new HashMap<>();
  private List<Duration> durations =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofMinutes(60));

  /** After the first failure, the second, and so on; the last for all that follow. */
  synchronized void durations(List<Duration> after) {
    durations = List.copyOf(after);
  }

  synchronized boolean blocks(long notification, Instant now) {
    Standing standing = standings.get(notification);
    return standing != null && now.isBefore(standing.until());
  }

  synchronized void failed(long notification, Instant now) {
    Standing before = standings.getOrDefault(notification, new Standing(0, now));
    Duration block =
        durations.isEmpty()
            ? Duration.ZERO
            : durations.get(Math.min(before.failures(), durations.size() - 1));
    standings.put(notification, new Standing(before.failures() + 1, now.plus(block)));
  }

  /** A success takes back one failure. */
  synchronized void succeeded(long notification, Instant now) {
    standings.computeIfPresent(
        notification, (id, standing) -> new Standing(Math.max(0, standing.failures() - 1), now));
  }
}
