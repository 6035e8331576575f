package dev.reencodarr.workflows.video;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Acceptance;
import java.util.UUID;

/** What is to become of what a replacement keeps whose video is not known any more. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = KeptOrder.Accept.class, name = "accept"),
  @JsonSubTypes.Type(value = KeptOrder.Restore.class, name = "restore")
})
public sealed interface KeptOrder {

  UUID replacement();

  /** Whose machines see its library. */
  String zone();

  /**
   * What it keeps goes for good.
   *
   * @param acceptance what may go
   */
  record Accept(UUID replacement, String zone, Acceptance acceptance) implements KeptOrder {}

  /**
   * Its original goes elsewhere.
   *
   * @param place a free name for it
   */
  record Restore(UUID replacement, String zone, MediaPath place) implements KeptOrder {}
}
