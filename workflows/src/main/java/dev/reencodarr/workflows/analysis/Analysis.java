package dev.reencodarr.workflows.analysis;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;

/** The outcome of looking at a file. Damaged files are faults and thrown, not returned. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Analysis.Analysed.class, name = "analysed"),
  @JsonSubTypes.Type(value = Analysis.Vanished.class, name = "vanished"),
  @JsonSubTypes.Type(value = Analysis.Settled.class, name = "settled")
})
public sealed interface Analysis {

  /** Facts of the file and of what is in it. */
  record Analysed(FileFacts file, MediaFacts media) implements Analysis {}

  /** The file is not there any more, though its library is. */
  record Vanished() implements Analysis {}

  /**
   * The disk knows more than the database, which came back from a backup: the file was replaced or
   * put back before. Told to the video's own workflow alone, scans see to it before they look.
   *
   * @param place where the result, or the original that was put back, lies
   * @param file what lies there
   * @param undone whether that is the original
   */
  record Settled(MediaPath place, SourceIdentity file, boolean undone) implements Analysis {}
}
