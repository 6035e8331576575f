package dev.reencodarr.workflows.fleet;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What became of a word to the fleet. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = FleetAnswer.Done.class, name = "done"),
  @JsonSubTypes.Type(value = FleetAnswer.Refused.class, name = "refused")
})
public sealed interface FleetAnswer {

  /** It counts: a sentence of what was done, for people. */
  record Done(String what) implements FleetAnswer {}

  /** Nothing was changed, because of this. */
  record Refused(String why) implements FleetAnswer {}
}
