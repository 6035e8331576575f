package dev.reencodarr.workflows.video;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.QualitySettings;

/** Whether there is work to do; PostgreSQL decides, never Temporal's memory. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Claim.Proceed.class, name = "proceed"),
  @JsonSubTypes.Type(value = Claim.Done.class, name = "done")
})
public sealed interface Claim {

  /**
   * The video is this run's.
   *
   * @param source where the file lay when it was last seen
   * @param quality the settings of this pass, wishes laid over them
   */
  record Proceed(
      MediaPath source,
      MediaPath libraryRoot,
      String libraryName,
      String zone,
      QualitySettings quality)
      implements Claim {}

  /** Nothing to do: encoded, skipped or gone, and unchanged since. */
  record Done(String why) implements Claim {}
}
