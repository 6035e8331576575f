package dev.reencodarr.workflows.video;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.plan.QualitySettings;
import java.util.List;
import java.util.UUID;

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
   * @param unfinished replacements of the video that were begun and not brought to an end, the
   *     oldest first; none where nothing is to be encoded
   * @param managed whether a Sonarr or Radarr manages the file, which is asked before any work
   */
  record Proceed(
      MediaPath source,
      MediaPath libraryRoot,
      String libraryName,
      String zone,
      QualitySettings quality,
      List<UUID> unfinished,
      boolean managed)
      implements Claim {

    /** Histories from before replacements were named say of none. */
    public Proceed {
      unfinished = unfinished == null ? List.of() : List.copyOf(unfinished);
    }

    /** With nothing unfinished, of a file that nobody manages. */
    public Proceed(
        MediaPath source,
        MediaPath libraryRoot,
        String libraryName,
        String zone,
        QualitySettings quality) {
      this(source, libraryRoot, libraryName, zone, quality, List.of(), false);
    }
  }

  /** Nothing to do: encoded, skipped or gone, and unchanged since. */
  record Done(String why) implements Claim {}
}
