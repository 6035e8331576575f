package dev.reencodarr.workflows.replace;

import io.temporal.activity.ActivityInterface;

/** Looks after what has been kept for long enough; runs on {@code control}. */
@ActivityInterface(namePrefix = "Expiry")
public interface ExpiryActivities {

  /**
   * Starts the workflows of videos whose quarantine has expired. What could not go when it was last
   * tried is tried again a day later.
   */
  Expiring expire();
}
