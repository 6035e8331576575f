package dev.reencodarr.activities.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a detached job whatever happens to us: {@code job.json} of its folder.
 *
 * @param command the program and its arguments
 * @param firstStarted when it was started for the first time; later by the time that it was frozen
 * @param lastStarted when what runs now was started; later by the time that it was frozen. A record
 *     of an earlier release lacks it.
 * @param launches how often it was started; written before each start
 * @param attempt who waits for it, or waited last
 */
public record JobRecord(
    List<String> command,
    Instant firstStarted,
    Optional<Instant> lastStarted,
    int launches,
    Attempt attempt) {

  /** The attempt of an activity that waits for a job. */
  public record Attempt(String workflowId, String runId, String activityId) {}

  /** A job that is about to be started for the first time. */
  static JobRecord started(List<String> command, Attempt attempt, Instant now) {
    return new JobRecord(command, now, Optional.of(now), 1, attempt);
  }

  /**
   * From when on its running time counts. A launch that begins the work anew begins it anew as
   * well: nothing ran while the machine was off.
   */
  public Instant runningSince() {
    return lastStarted.orElse(firstStarted);
  }

  /** The same job, waited for by another attempt. */
  public JobRecord waitedForBy(Attempt other) {
    return new JobRecord(command, firstStarted, lastStarted, launches, other);
  }

  /** The same job, which was frozen for so long: that is no running time. */
  JobRecord frozenFor(Duration time) {
    return new JobRecord(
        command,
        firstStarted.plus(time),
        Optional.of(runningSince().plus(time)),
        launches,
        attempt);
  }

  /** The same job, about to be started once more. */
  JobRecord startedAgain(List<String> newCommand, Attempt other, Instant now) {
    return new JobRecord(newCommand, firstStarted, Optional.of(now), launches + 1, other);
  }
}
