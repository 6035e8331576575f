package dev.reencodarr.workflows.janitor;

import java.time.Instant;
import java.util.List;

/**
 * What a run of the janitor came to.
 *
 * @param run id of the workflow's run
 * @param whole whether whole libraries were looked at
 * @param count of findings
 * @param findings the first of each part of the work
 */
public record JanitorReport(
    String run,
    Instant beganAt,
    Instant endedAt,
    boolean whole,
    int count,
    List<Finding> findings) {

  /** The whole run in one line. */
  public String summary() {
    return count == 0 ? "nothing to set right" : count + (count == 1 ? " finding" : " findings");
  }
}
