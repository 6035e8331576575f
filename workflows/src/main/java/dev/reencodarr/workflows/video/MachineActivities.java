package dev.reencodarr.workflows.video;

import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What is known of the machines; runs on {@code control}. */
@ActivityInterface(namePrefix = "Machine")
public interface MachineActivities {

  /** Names of the machines whose worker was heard of lately, in order. */
  List<String> hosts();
}
