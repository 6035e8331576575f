package dev.reencodarr.workflows.video;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Acceptance;
import java.util.Optional;
import java.util.UUID;

/**
 * What is to become of what a replacement keeps whose video is not known any more; one of both is
 * there.
 *
 * @param zone whose machines see its library
 * @param acceptance what may go
 * @param place a free name for its original
 */
public record KeptOrder(
    UUID replacement, String zone, Optional<Acceptance> acceptance, Optional<MediaPath> place) {

  /** What it keeps goes for good. */
  public static KeptOrder accept(UUID replacement, String zone, Acceptance acceptance) {
    return new KeptOrder(replacement, zone, Optional.of(acceptance), Optional.empty());
  }

  /** Its original goes to this place. */
  public static KeptOrder restore(UUID replacement, String zone, MediaPath place) {
    return new KeptOrder(replacement, zone, Optional.empty(), Optional.of(place));
  }
}
