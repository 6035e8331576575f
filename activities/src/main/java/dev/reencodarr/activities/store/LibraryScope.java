package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import java.util.Optional;

/**
 * Which videos are asked about.
 *
 * @param library empty: those of all libraries that are looked after
 */
public record LibraryScope(Optional<LibraryId> library) {

  public static LibraryScope all() {
    return new LibraryScope(Optional.empty());
  }

  public static LibraryScope of(LibraryId library) {
    return new LibraryScope(Optional.of(library));
  }
}
