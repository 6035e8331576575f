package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;

/** What an undo came to. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = UndoOutcome.Undone.class, name = "undone"),
  @JsonSubTypes.Type(value = UndoOutcome.Refused.class, name = "refused")
})
public sealed interface UndoOutcome {

  /** The original is back at its path; the result lies in quarantine. */
  record Undone(MediaPath path, SourceIdentity identity) implements UndoOutcome {}

  /** Nothing was changed, because of this. */
  record Refused(String why) implements UndoOutcome {}
}
