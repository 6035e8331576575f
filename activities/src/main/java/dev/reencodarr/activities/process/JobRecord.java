package dev.reencodarr.activities.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a detached job whatever happens to us: {@code job.json} of its folder.
 *
 * @param command the program and its arguments
 * @param firstStarted when it was started for the first time; later by the time that it was frozen
 * @param launches how often it was started; written before each start
 * @param attempt who waits for it, or waited last
 */
public record JobRecord(List<String> command, Instant firstStarted, int launches, Attempt attempt) {

  /** The attempt of an activity that waits for a job. */
  public record Attempt(String workflowId, String runId, String activityId) {}

  /** The same job, waited for by another attempt. */
  public JobRecord waitedForBy(Attempt other) {
    return new JobRecord(command, firstStarted, launches, other);
  }

  /** The same job, which was frozen for so long: that is no running time. */
  JobRecord frozenFor(Duration time) {
    return new JobRecord(command, firstStarted.plus(time), launches, attempt);
  }

  /** The same job, about to be started once more. */
  JobRecord startedAgain(List<String> newCommand, Attempt other) {
    return new JobRecord(newCommand, firstStarted, launches + 1, other);
  }
}
