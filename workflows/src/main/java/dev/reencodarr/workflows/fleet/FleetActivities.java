package dev.reencodarr.workflows.fleet;

import io.temporal.activity.ActivityInterface;

/**
 * What operators say to a library or to everything; runs on {@code control}. Each can be run twice
 * without harm. A scope is what {@link FleetWorkflow} says.
 */
@ActivityInterface(namePrefix = "Fleet")
public interface FleetActivities {

  /**
   * Pauses, until it is resumed.
   *
   * @param freezes whether encodes are stopped where they stand, instead of being finished first
   */
  FleetAnswer pause(String scope, boolean freezes);

  /** Lifts a pause, or all of them, and calls the videos that wait. */
  FleetAnswer resume(String scope);

  /** Stops the work on every video that is to be or is being worked on. */
  FleetAnswer cancel(String scope);

  /** Orders again what has failed, and lets parked videos go on. */
  FleetAnswer retry(String scope);
}
