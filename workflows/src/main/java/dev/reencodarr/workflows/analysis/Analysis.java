package dev.reencodarr.workflows.analysis;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The outcome of looking at a file. Damaged files are faults and thrown, not returned. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Analysis.Analysed.class, name = "analysed"),
  @JsonSubTypes.Type(value = Analysis.Vanished.class, name = "vanished")
})
public sealed interface Analysis {

  /** Facts of the file and of what is in it. */
  record Analysed(FileFacts file, MediaFacts media) implements Analysis {}

  /** The file is not there any more, though its library is. */
  record Vanished() implements Analysis {}
}
