package dev.reencodarr.worker;

import dev.reencodarr.workflows.janitor.JanitorSchedule;
import dev.reencodarr.workflows.temporal.Schedules;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that the janitor has its schedule, and calls it at the start of a worker. */
final class JanitorCall {

  private static final Logger log = LoggerFactory.getLogger(JanitorCall.class);

  private final ScheduleClient schedules;

  JanitorCall(WorkflowClient client) {
    this.schedules = Schedules.of(client);
  }

  /** Makes the schedule where there is none; before anybody is told that a worker is ready. */
  void prepare() {
    try {
      schedules.createSchedule(
          JanitorSchedule.ID, JanitorSchedule.schedule(), ScheduleOptions.newBuilder().build());
      log.info("the janitor has its schedule");
    } catch (ScheduleAlreadyRunningException made) {
      // By an earlier start, or by another worker; whoever has changed it meant it.
    }
  }

  /** Has the janitor come now; where it is at work already it does not come twice. */
  void come() {
    schedules.getHandle(JanitorSchedule.ID).trigger();
  }
}
