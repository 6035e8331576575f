package dev.reencodarr.workflows.search;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a probe came to. Faults are thrown. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ProbeOutcome.Measured.class, name = "measured"),
  @JsonSubTypes.Type(value = ProbeOutcome.SourceChanged.class, name = "source_changed"),
  @JsonSubTypes.Type(value = ProbeOutcome.Paused.class, name = "paused")
})
public sealed interface ProbeOutcome {

  /**
   * @param seconds wall time that it took; 0 for a point that was known already
   */
  record Measured(SearchPoint point, double seconds) implements ProbeOutcome {}

  /** The file at the path is not the analysed one any more. */
  record SourceChanged(String what) implements ProbeOutcome {}

  /** The video is paused; nothing was measured. */
  record Paused() implements ProbeOutcome {}
}
