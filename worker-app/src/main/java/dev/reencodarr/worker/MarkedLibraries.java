package dev.reencodarr.worker;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Lets a write through only below the root of a library whose marker is there and ours, and takes a
 * file for deleted only there.
 */
final class MarkedLibraries implements LibraryGuard, MountCheck {

  private final LibraryRepository libraries;
  private final InstallationRepository installation;

  MarkedLibraries(Database database) {
    this.libraries = new LibraryRepository(database);
    this.installation = new InstallationRepository(database);
  }

  @Override
  public void require(MediaPath libraryRoot) {
    Library library =
        libraries
            .byRootContaining(libraryRoot)
            .filter(found -> found.root().equals(libraryRoot))
            .orElseThrow(() ->
                Faults.of(
                    EvidenceKind.MOUNT_GONE, libraryRoot + " is no library of this database"));
    requireMarker(library);
  }

  @Override
  public void requireMounted(MediaPath path) {
    Optional<Library> around = libraries.byRootContaining(path);
    if (around.isEmpty()) {
      return;
    }
    Library library = around.get();
    if (!library.readOnly()) {
      requireMarker(library);
    } else if (!Files.isDirectory(Path.of(library.root().value()))) {
      // Nothing is ever written into such a library, so it has no marker.
      throw Faults.of(EvidenceKind.MOUNT_GONE, library.root() + " is not there");
    }
  }

  private void requireMarker(Library library) {
    MediaPath libraryRoot = library.root();
    LibraryMarker ours = new LibraryMarker(library.id(), installation.id());
    Optional<LibraryMarker> found;
    try {
      found = LibraryMarker.read(Path.of(libraryRoot.value()));
    } catch (IOException e) {
      throw Faults.of(EvidenceKind.MOUNT_GONE, "the marker of " + libraryRoot + ": " + e);
    }
    if (!found.equals(Optional.of(ours))) {
      throw Faults.of(
          EvidenceKind.MOUNT_GONE,
          libraryRoot
              + (found.isEmpty()
                  ? " has no marker: its mount is gone"
                  : " belongs to another library or installation"));
    }
  }
}
