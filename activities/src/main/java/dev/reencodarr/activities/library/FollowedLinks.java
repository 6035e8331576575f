package dev.reencodarr.activities.library;

import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.OtherLibraries;
import dev.reencodarr.activities.store.SeenFile;
import dev.reencodarr.workflows.media.LibraryId;
import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where symbolic links lead, if they are followed: to the real file, under its real path, and only
 * into a library of the same zone.
 */
final class FollowedLinks {

  private final LibraryRepository libraries;
  private final OtherLibraries others;
  private final String zone;
  private final Set<String> extensions;
  private final boolean follows;

  FollowedLinks(
      LibraryRepository libraries,
      OtherLibraries others,
      String zone,
      List<String> extensions,
      boolean follows) {
    this.libraries = libraries;
    this.others = others;
    this.zone = zone;
    this.extensions = Set.copyOf(extensions);
    this.follows = follows;
  }

  /** A real file, with the library that it lies in. */
  record Followed(LibraryId library, SeenFile file) {}

  /** Empty where it is no link, links are not followed, or this one leads to no video of ours. */
  Optional<Followed> behind(SeenFile seen) {
    return follows && seen.symlink() ? real(seen).flatMap(this::known) : Optional.empty();
  }

  private static Optional<Path> real(SeenFile link) {
    try {
      return Optional.of(Path.of(link.path().value()).toRealPath());
    } catch (IOException e) {
      // It leads nowhere, in a circle, or where we may not look: it stays a link.
      return Optional.empty();
    }
  }

  private Optional<Followed> known(Path real) {
    if (!FolderWalk.isVideo(real, extensions)
        || !FolderWalk.hasUsableName(real)
        || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return libraries
        .byRootContaining(new MediaPath(real.toString()))
        .filter(library -> library.zone().equals(zone) && isWalkedTo(library, real))
        .flatMap(library -> FolderWalk.seen(real).map(file -> new Followed(library.id(), file)));
  }

  /** A walk through that library would come by: nothing is hidden, or somebody else's. */
  private boolean isWalkedTo(Library library, Path real) {
    Path folder = Path.of(library.root().value());
    for (Path part : folder.relativize(real)) {
      folder = folder.resolve(part);
      if (part.toString().startsWith(".") || others.ownerOf(folder, library.id()).isPresent()) {
        return false;
      }
    }
    return true;
  }
}
