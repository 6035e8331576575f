package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.LibraryId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Tells by its marker whether a folder is the root of somebody else's library: of another
 * installation, or of a library of ours under another path, as where one folder is mounted twice.
 * What two libraries serve at once, each would take for its own.
 */
public final class OtherLibraries {

  private final LibraryRepository libraries;
  private final InstallationRepository installation;

  public OtherLibraries(Database database) {
    this.libraries = new LibraryRepository(database);
    this.installation = new InstallationRepository(database);
  }

  /** Whose a folder is. */
  public sealed interface Owner {

    /** For people; continues a sentence about the folder. */
    String text();

    /** Another installation's, or nobody can tell. */
    record Stranger(String text) implements Owner {}

    /** A library of this installation, in use under another path. */
    record Ours(Library library) implements Owner {
      @Override
      public String text() {
        return "belongs to library " + library.name() + " at " + library.root();
      }
    }
  }

  /**
   * Who but this library says that the folder is the root of a library. A marker that cannot be
   * read is a stranger's.
   */
  public Optional<Owner> ownerOf(Path folder, LibraryId own) {
    Optional<LibraryMarker> marker;
    try {
      marker = LibraryMarker.read(folder);
    } catch (IOException e) {
      return Optional.of(
          new Owner.Stranger(
              "may be somebody else's library, since its marker cannot be read: " + e));
    }
    return marker.flatMap(found -> ownerBy(found, own));
  }

  private Optional<Owner> ownerBy(LibraryMarker marker, LibraryId own) {
    UUID ours = installation.id();
    if (!marker.installation().equals(ours)) {
      return Optional.of(
          new Owner.Stranger("belongs to another installation (" + marker.installation() + ")"));
    }
    return libraries
        .find(marker.library())
        .filter(library -> !library.id().equals(own))
        .map(Owner.Ours::new);
  }
}
