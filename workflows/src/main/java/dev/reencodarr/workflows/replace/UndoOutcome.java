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

  /**
   * The files have changed places again.
   *
   * @param path of the file that is back
   * @param identity of it
   * @param redone false: the original is back and the result lies in quarantine; true: an undo was
   *     itself undone, the result is back and the original lies in quarantine
   */
  record Undone(MediaPath path, SourceIdentity identity, boolean redone) implements UndoOutcome {
    /** The original is back. */
    public Undone(MediaPath path, SourceIdentity identity) {
      this(path, identity, false);
    }
  }

  /** Nothing was changed, because of this. */
  record Refused(String why) implements UndoOutcome {}
}
