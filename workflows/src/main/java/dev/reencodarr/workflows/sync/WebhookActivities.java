package dev.reencodarr.workflows.sync;

import io.temporal.activity.ActivityInterface;

/** Keeps our webhook in Sonarr and Radarr; runs on {@code analyse@Z}. Can be run twice. */
@ActivityInterface(namePrefix = "Webhook")
public interface WebhookActivities {

  /**
   * Sees to it that the connection calls us: makes its webhook, or puts it right. Nothing is done
   * where no worker of the zone listens.
   *
   * @return what could not be done, for people; empty for nothing
   */
  String register(SyncOrder order);

  /**
   * Takes our webhook away.
   *
   * @return why that could not be done, for people; empty where there is none any more
   */
  String unregister(SyncOrder order);
}
