package dev.reencodarr.workflows.replace;

import java.util.List;
import java.util.UUID;

/**
 * What is due to leave quarantine.
 *
 * @param started videos whose workflow lets what is kept of them go
 * @param busy videos that are being worked on; they come next time
 * @param orphans replacements whose video is not known any more
 */
public record Expiring(int started, int busy, List<Orphan> orphans) {

  /**
   * A replacement without a video.
   *
   * @param zone whose machines see its library
   */
  public record Orphan(UUID replacement, String zone) {}

  public Expiring {
    orphans = List.copyOf(orphans);
  }
}
