package dev.reencodarr.workflows.failure;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Writes down failures that are no video's, and their end; runs on {@code control}. */
@ActivityInterface(namePrefix = "StandingFailure")
public interface StandingFailureActivities {

  /**
   * Tells how things stand after a look at them. A subject that fails has one open row for as long
   * as it fails in the same way, however often it is told; once it fails otherwise or works, the
   * row is resolved. A subject that is not named stays as it was.
   *
   * @param run who tells it: the id of the workflow's run, or of the worker's life
   * @param working subjects that work
   */
  void tell(String run, List<StandingFailure> failing, List<String> working);
}
