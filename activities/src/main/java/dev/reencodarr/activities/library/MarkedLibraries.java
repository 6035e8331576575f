package dev.reencodarr.activities.library;

import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.replace.LibraryGuard;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells by the marker at a library's root whether the library is there and ours: without it, its
 * mount is gone; with another one, it belongs to somebody else.
 */
public final class MarkedLibraries implements LibraryGuard, MountCheck {

  private final LibraryRepository libraries;
  private final InstallationRepository installation;

  public MarkedLibraries(Database database) {
    this.libraries = new LibraryRepository(database);
    this.installation = new InstallationRepository(database);
  }

  @Override
  public void require(MediaPath libraryRoot) {
    require(
        libraries
            .byRootContaining(libraryRoot)
            .filter(found -> found.root().equals(libraryRoot))
            .orElseThrow(() -> gone(libraryRoot + " is no library of this database")));
  }

  @Override
  public void requireMounted(MediaPath path) {
    Optional<Library> around = libraries.byRootContaining(path);
    if (around.isEmpty()) {
      return;
    }
    Library library = around.get();
    if (!library.readOnly()) {
      require(library);
    } else if (!Files.isDirectory(Path.of(library.root().value()))) {
      // Nothing is ever written into such a library, so it has no marker.
      throw gone(library, "it is not there");
    }
  }

  /**
   * Returns only if our marker of this library lies at its root.
   *
   * @throws ApplicationFailure a fault of kind MOUNT_GONE otherwise
   */
  void require(Library library) {
    LibraryMarker ours = new LibraryMarker(library.id(), installation.id());
    LibraryMarker found =
        marker(library).orElseThrow(() -> gone(library, "it has no marker: is it mounted?"));
    if (!found.equals(ours)) {
      throw gone(library, "it belongs to another library or installation");
    }
  }

  private static Optional<LibraryMarker> marker(Library library) {
    try {
      return LibraryMarker.read(Path.of(library.root().value()));
    } catch (IOException e) {
      throw gone(library, "its marker cannot be read: " + e.getMessage());
    }
  }

  private static ApplicationFailure gone(Library library, String why) {
    return gone("library " + library.name() + " at " + library.root() + ": " + why);
  }

  private static ApplicationFailure gone(String message) {
    return Faults.of(EvidenceKind.MOUNT_GONE, message);
  }
}
