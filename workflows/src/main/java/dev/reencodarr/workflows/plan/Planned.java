package dev.reencodarr.workflows.plan;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.SkipReason;

/** What the settings make of a file: an encode, or a reason to leave it alone. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Planned.Encode.class, name = "encode"),
  @JsonSubTypes.Type(value = Planned.Skip.class, name = "skip")
})
public sealed interface Planned {

  /** Encode it like this. */
  record Encode(EncodePlan plan) implements Planned {}

  /**
   * Leave it alone.
   *
   * @param detail a sentence with the figures of this file
   */
  record Skip(SkipReason reason, String detail) implements Planned {}
}
