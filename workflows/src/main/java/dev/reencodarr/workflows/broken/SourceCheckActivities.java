package dev.reencodarr.workflows.broken;

import io.temporal.activity.ActivityInterface;

/** Reads sources to see whether they are whole; runs on {@code check@Z}, one at a time. */
@ActivityInterface(namePrefix = "SourceCheck")
public interface SourceCheckActivities {

  /**
   * Checks a file, at the lowest priority and while nothing holds heavy work up. Heartbeats. A
   * broken file is a fault, which {@link SourceJudgement} tells from others.
   *
   * @param deep whether every picture is decoded
   */
  SourceCheckOutcome check(SourceFile file, boolean deep);
}
