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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Asked once, by the first link of a walk: there may be thousands. */
  private @Nullable List<Library> known;

  private final Map<Path, Boolean> walked = new HashMap<>();

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

  private List<Library> libraries() {
    if (known == null) {
      known = libraries.list();
    }
    return known;
  }

  private Optional<Followed> known(Path real) {
    if (!FolderWalk.isVideo(real, extensions)
        || !FolderWalk.hasUsableName(real)
        || !Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return LibraryRepository.innermost(libraries(), new MediaPath(real.toString()))
        .filter(library -> library.zone().equals(zone) && isWalkedTo(library, real))
        .flatMap(library -> FolderWalk.seen(real).map(file -> new Followed(library.id(), file)));
  }

  /** A walk through that library would come by: nothing is hidden, or somebody else's. */
  private boolean isWalkedTo(Library library, Path real) {
    Path root = Path.of(library.root().value());
    for (Path part = real; !part.equals(root); part = Objects.requireNonNull(part.getParent())) {
      if (part.getFileName().toString().startsWith(".")) {
        return false;
      }
    }
    return isWalkedThrough(library, root, Objects.requireNonNull(real.getParent()));
  }

  private boolean isWalkedThrough(Library library, Path root, Path folder) {
    if (folder.equals(root)) {
      return true;
    }
    Boolean known = walked.get(folder);
    boolean isWalked =
        known != null
            ? known
            : others.ownerOf(folder, library.id()).isEmpty()
                && isWalkedThrough(library, root, Objects.requireNonNull(folder.getParent()));
    walked.put(folder, isWalked);
    return isWalked;
  }
}
