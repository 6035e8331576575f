package dev.reencodarr.workflows.replace;

import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.activity.ActivityInterface;

/** Copies results out of the work folder; runs on {@code host@H}, where the result lies. */
@ActivityInterface(namePrefix = "Stage")
public interface StageActivities {

  /** Copies into the stage folder on the source's mount, fsyncs, compares the checksum. */
  StagedResult stage(StageRequest request);

  /** Copies to a new name outside every library, fsyncs, compares the checksum. */
  Delivered deliver(StageRequest request, MediaPath destination);
}
