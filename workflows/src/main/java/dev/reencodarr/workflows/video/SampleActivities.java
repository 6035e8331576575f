package dev.reencodarr.workflows.video;

import io.temporal.activity.ActivityInterface;

/** Makes samples for people to look at; runs on {@code encode-E@Z}. */
@ActivityInterface(namePrefix = "Sample")
public interface SampleActivities {

  /**
   * Cuts a piece out of the film and encodes it. Nothing that is there already is written over;
   * what an attempt that was lost has left is the janitor's.
   */
  MadeSample make(SampleRequest request);
}
