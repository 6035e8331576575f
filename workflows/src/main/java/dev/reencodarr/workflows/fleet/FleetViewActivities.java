package dev.reencodarr.workflows.fleet;

import io.temporal.activity.ActivityInterface;

/** How the fleet stands; runs on {@code control}. */
@ActivityInterface(namePrefix = "FleetView")
public interface FleetViewActivities {

  /** Reads what is paused and which worker serves what. */
  FleetView look();
}
