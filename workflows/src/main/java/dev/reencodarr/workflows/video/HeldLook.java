package dev.reencodarr.workflows.video;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** How a held result and its source lie at the moment. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HeldLook.AsItWas.class, name = "as_it_was"),
  @JsonSubTypes.Type(value = HeldLook.SourceChanged.class, name = "source_changed"),
  @JsonSubTypes.Type(value = HeldLook.ResultGone.class, name = "result_gone")
})
public sealed interface HeldLook {

  /** Both are there. */
  record AsItWas() implements HeldLook {}

  /** The source is another file, or gone: nobody wants the result any more. */
  record SourceChanged(String what) implements HeldLook {}

  /** Somebody has taken the result away. */
  record ResultGone(String what) implements HeldLook {}
}
