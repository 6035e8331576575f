package dev.reencodarr.workflows.sync;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.SkipReason;

/** Whether Sonarr or Radarr, which manages a file, has anything against work on it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ManagedStanding.Free.class, name = "free"),
  @JsonSubTypes.Type(value = ManagedStanding.Later.class, name = "later"),
  @JsonSubTypes.Type(value = ManagedStanding.LeftAlone.class, name = "left_alone")
})
public sealed interface ManagedStanding {

  /** Nothing. */
  record Free() implements ManagedStanding {}

  /** Another file is on its way: what is begun now would be for nothing. */
  record Later(String why) implements ManagedStanding {}

  /** It is not to be worked on. */
  record LeftAlone(SkipReason reason, String detail) implements ManagedStanding {}
}
