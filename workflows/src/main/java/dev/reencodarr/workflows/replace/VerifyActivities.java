package dev.reencodarr.workflows.replace;

import io.temporal.activity.ActivityInterface;

/** Judges results; runs on {@code host@H}, where the result lies. */
@ActivityInterface(namePrefix = "Verify")
public interface VerifyActivities {

  /** Every check of {@code docs/file-safety.md}, beyond what ab-av1 itself checks. */
  Verdict verify(VerifyRequest request);
}
