package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;

/** What a delivery into the output folder came to; the source stays as it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Delivered.To.class, name = "to"),
  @JsonSubTypes.Type(value = Delivered.NameTaken.class, name = "name_taken")
})
public sealed interface Delivered {

  /** The result lies here, whole and on disk. */
  record To(MediaPath path, long sizeBytes) implements Delivered {}

  /** Another file has the name; nothing was written over. */
  record NameTaken(MediaPath path) implements Delivered {}
}
