package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;

/** What became of an original that was to be put to another place than its own. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RestoreOutcome.Restored.class, name = "restored"),
  @JsonSubTypes.Type(value = RestoreOutcome.Refused.class, name = "refused")
})
public sealed interface RestoreOutcome {

  /** The original lies here; whatever is at its old path stayed as it is. */
  record Restored(MediaPath path) implements RestoreOutcome {}

  /** Nothing was changed, because of this. */
  record Refused(String why) implements RestoreOutcome {}
}
