package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.sync.Connection;
import dev.reencodarr.workflows.sync.ConnectionCheck;
import dev.reencodarr.workflows.sync.ConnectionCheckWorkflow;
import dev.reencodarr.workflows.sync.ConnectionFarewellWorkflow;
import dev.reencodarr.workflows.sync.ConnectionSchedules;
import dev.reencodarr.workflows.sync.SyncSchedule;
import dev.reencodarr.workflows.temporal.ConnectionCheckStart;
import dev.reencodarr.workflows.temporal.ConnectionFarewellStart;
import dev.reencodarr.workflows.temporal.Schedules;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleException;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleUpdate;

/** Asks Temporal for what concerns a connection. */
final class SyncCall {

  private final WorkflowClient client;
  private final ScheduleClient schedules;

  SyncCall(WorkflowClient client) {
    this.client = client;
    this.schedules = Schedules.of(client);
  }

  /** Has a machine of the connection's zone look at it. */
  ConnectionCheck check(Connection connection) throws CommandFailed {
    try {
      return client
          .newWorkflowStub(
              ConnectionCheckWorkflow.class, ConnectionCheckStart.options(connection.name()))
          .run(connection.wholeSync());
    } catch (WorkflowException e) {
      throw CommandFailed.unreachable(
          "no machine of zone "
              + connection.zone()
              + " has looked at it; is a worker at work there?");
    }
  }

  /** Makes its schedules where there are none. */
  void schedule(Connection connection) {
    ConnectionSchedules.of(connection.wholeSync(), connection.every()).forEach(this::schedule);
  }

  private void schedule(String id, Schedule schedule) {
    try {
      schedules.createSchedule(id, schedule, ScheduleOptions.newBuilder().build());
    } catch (ScheduleAlreadyRunningException made) {
      // By a worker, or for an earlier connection of this name; its times are left as they are.
      schedules
          .getHandle(id)
          .update(there ->
              new ScheduleUpdate(
                  Schedule.newBuilder(there.getDescription().getSchedule())
                      .setAction(schedule.getAction())
                      .build()));
    }
  }

  /** Has it looked through now; where that is under way already nothing is begun. */
  void run(Connection connection) {
    schedule(connection);
    schedules.getHandle(SyncSchedule.id(connection.name())).trigger();
  }

  /**
   * Takes our webhook away from it.
   *
   * @return why that could not be done; empty where there is none any more
   */
  String unhook(Connection connection) {
    try {
      return client
          .newWorkflowStub(
              ConnectionFarewellWorkflow.class, ConnectionFarewellStart.options(connection.name()))
          .run(connection.wholeSync());
    } catch (WorkflowException e) {
      return "no machine of zone " + connection.zone() + " has done it";
    }
  }

  /** It is not looked through any more. */
  void forget(Connection connection) {
    ConnectionSchedules.of(connection.wholeSync(), connection.every())
        .keySet()
        .forEach(this::forget);
  }

  private void forget(String schedule) {
    try {
      schedules.getHandle(schedule).delete();
    } catch (ScheduleException e) {
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  private static boolean isGone(ScheduleException e) {
    return e.getCause() instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Status.Code.NOT_FOUND;
  }
}
