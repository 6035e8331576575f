package dev.reencodarr.workflows.janitor;

import dev.reencodarr.workflows.media.LibraryId;
import java.util.List;

/**
 * Where a janitor has to go.
 *
 * @param whole whether whole libraries are looked at this time
 * @param hosts machines whose worker was heard of lately
 */
public record JanitorRounds(boolean whole, List<String> hosts, List<Place> libraries) {

  /** A library and the zone that sees it. */
  public record Place(LibraryId library, String name, String zone) {}
}
