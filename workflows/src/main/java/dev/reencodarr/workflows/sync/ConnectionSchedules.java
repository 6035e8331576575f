package dev.reencodarr.workflows.sync;

import io.temporal.client.schedules.Schedule;
import java.time.Duration;
import java.util.Map;

/** What is done for a connection again and again: syncs, and looks at its history. */
public final class ConnectionSchedules {

  private ConnectionSchedules() {}

  /**
   * Its schedules, by their ids.
   *
   * @param order a whole sync of it
   * @param every time between two syncs
   */
  public static Map<String, Schedule> of(SyncOrder order, Duration every) {
    return Map.of(
        SyncSchedule.id(order.name()), SyncSchedule.schedule(order, every),
        CatchUpSchedule.id(order.name()), CatchUpSchedule.schedule(order));
  }
}
