package dev.reencodarr.workflows.replace;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;

/** What became of a replacement that was begun and not brought to its end. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Settled.InPlace.class, name = "in_place"),
  @JsonSubTypes.Type(value = Settled.Back.class, name = "back"),
  @JsonSubTypes.Type(value = Settled.GivenUp.class, name = "given_up"),
  @JsonSubTypes.Type(value = Settled.Overtaken.class, name = "overtaken")
})
public sealed interface Settled {

  /** The result was seen whole in its place. */
  record InPlace(MediaPath path, SourceIdentity identity) implements Settled {}

  /** Its undo has come to its end: the original was seen in its place. */
  record Back(MediaPath path, SourceIdentity identity) implements Settled {}

  /** What was begun was taken back, or another file lies there. */
  record GivenUp(String why) implements Settled {}

  /** A later attempt has taken over; nothing was changed. */
  record Overtaken() implements Settled {}
}
