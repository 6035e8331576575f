package dev.reencodarr.workflows.broken;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What came of checking a file. Broken ones are faults and thrown, as everywhere. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SourceCheckOutcome.Sound.class, name = "sound"),
  @JsonSubTypes.Type(value = SourceCheckOutcome.Changed.class, name = "changed")
})
public sealed interface SourceCheckOutcome {

  /** Nothing is wrong with it, as far as it was looked at. */
  record Sound() implements SourceCheckOutcome {}

  /**
   * It is not the file any more that was to be checked.
   *
   * @param how for people
   */
  record Changed(String how) implements SourceCheckOutcome {}
}
