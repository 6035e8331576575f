package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.Encoder;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What is known of the machines; runs on {@code control}. */
@ActivityInterface(namePrefix = "Machine")
public interface MachineActivities {

  /** Names of the machines whose worker was heard of lately, in order. */
  List<String> hosts();

  /** Encoders that some machine of the zone offers now, busy or not. */
  List<Encoder> offered(String zone);
}
