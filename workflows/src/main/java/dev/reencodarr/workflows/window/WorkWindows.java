package dev.reencodarr.workflows.window;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The windows that a machine goes by.
 *
 * @param zone whose clocks they go by
 * @param ending what happens to work that runs when they close
 */
public record WorkWindows(WeekWindows week, ZoneId zone, WindowEnding ending) {

  /**
   * How heavy work is held up.
   *
   * @param until when it goes on; empty where that is not known
   */
  public record Closed(WindowEnding ending, Optional<Instant> until) {}

  /** Whether they are closed, and until when; empty where they are open. */
  public Optional<Closed> closedAt(Instant now) {
    return week.isOpen(now, zone)
        ? Optional.empty()
        : Optional.of(new Closed(ending, week.nextChange(now, zone)));
  }
}
