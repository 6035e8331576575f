package dev.reencodarr.worker;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.activities.store.sync.ConnectionRepository;
import dev.reencodarr.workflows.sync.ConnectionSchedules;
import dev.reencodarr.workflows.temporal.Schedules;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each connection to Sonarr and Radarr has its schedules: Temporal may have been
 * set up anew, while the connections stand in PostgreSQL.
 */
final class SyncSchedules {

  private static final Logger log = LoggerFactory.getLogger(SyncSchedules.class);

  private final ConnectionRepository connections;
  private final ScheduleClient schedules;

  SyncSchedules(ConnectionRepository connections, WorkflowClient client) {
    this.connections = connections;
    this.schedules = Schedules.of(client);
  }

  /** Makes those that are missing. */
  void prepare() {
    connections.list().forEach(this::prepare);
  }

  private void prepare(Connection connection) {
    ConnectionSchedules.of(connection.wholeSync(), connection.every()).forEach(this::prepare);
  }

  private void prepare(String id, Schedule schedule) {
    try {
      schedules.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
      log.info("{} has its schedule", id);
    } catch (ScheduleAlreadyRunningException made) {
      // By whoever has added it; whoever has changed it meant it.
    }
  }
}
