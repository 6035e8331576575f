package dev.reencodarr.activities.store;

import dev.reencodarr.workflows.media.MediaPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * Adds libraries. A root is absolute, real (no symbolic link in it), a folder that can be read, and
 * neither inside another root nor above one, so that every file belongs to one library.
 */
public final class Roots {

  private final Database database;
  private final LibraryRepository libraries;
  private final InstallationRepository installation;
  private final OtherLibraries others;

  public Roots(Database database) {
    this.database = database;
    this.libraries = new LibraryRepository(database);
    this.installation = new InstallationRepository(database);
    this.others = new OtherLibraries(database);
  }

  /** A folder cannot be a library; the message says why. */
  public static final class RootRefused extends RuntimeException {
    RootRefused(String message) {
      super(message);
    }
  }

  /**
   * Adds a library and writes its marker into the folder.
   *
   * @param readOnly nothing is written into the folder, not even a marker
   * @param takeOver whether a marker of another installation may be written over
   * @throws RootRefused if the folder or the name cannot be taken, also where the folder, or one
   *     above it, is marked as a library of somebody else
   */
  public Library add(Path root, String name, String zone, boolean readOnly, boolean takeOver) {
    MediaPath path = usable(root);
    Library added =
        database
            .transactions()
            .<Library>execute(transaction -> {
              libraries.lock();
              refuseNesting(path);
              refuseTakenName(name);
              Library library = libraries.add(name, path, zone, readOnly);
              if (!readOnly) {
                mark(library, takeOver);
              }
              return library;
            });
    return added;
  }

  /**
   * Says whether a folder can be a root at all, without looking at other libraries.
   *
   * @throws RootRefused if not
   */
  public static MediaPath usable(Path root) {
    if (!root.isAbsolute()) {
      throw new RootRefused(root + " is not an absolute path");
    }
    Path normal = root.normalize();
    if (!Files.exists(normal)) {
      throw new RootRefused(normal + " does not exist");
    }
    if (!Files.isDirectory(normal)) {
      throw new RootRefused(normal + " is not a folder");
    }
    if (!Files.isReadable(normal) || !Files.isExecutable(normal)) {
      throw new RootRefused(normal + " cannot be read by this user");
    }
    Path real = real(normal);
    if (!real.equals(normal)) {
      throw new RootRefused(normal + " goes through a symbolic link; the folder itself is " + real);
    }
    try {
      return new MediaPath(normal.toString());
    } catch (IllegalArgumentException e) {
      throw new RootRefused(normal + " is not valid UTF-8 and cannot be handed to programs");
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new RootRefused(path + " cannot be resolved: " + e.getMessage());
    }
  }

  private void refuseNesting(MediaPath path) {
    for (Library other : libraries.list()) {
      if (other.root().equals(path)) {
        throw new RootRefused(path + " is library " + other.name() + " already");
      }
      if (path.isWithin(other.root())) {
        throw new RootRefused(
            path + " lies inside library " + other.name() + " (" + other.root() + ")");
      }
      if (other.root().isWithin(path)) {
        throw new RootRefused(
            path + " holds library " + other.name() + " (" + other.root() + ") inside it");
      }
    }
  }

  private void refuseTakenName(String name) {
    if (name.isBlank()) {
      throw new RootRefused("a library needs a name");
    }
    libraries
        .findByName(name)
        .ifPresent(other -> {
          throw new RootRefused("the name " + name + " is taken by the library at " + other.root());
        });
  }

  private void mark(Library library, boolean takeOver) {
    UUID own = installation.id();
    Path root = Path.of(library.root().value());
    refuseOthers(root, library, takeOver);
    refuseInsideOthers(root, library);
    try {
      if (Files.isSymbolicLink(root.resolve(LibraryMarker.FOLDER))
          && Files.exists(root.resolve(LibraryMarker.FOLDER), LinkOption.NOFOLLOW_LINKS)) {
        throw new RootRefused(root.resolve(LibraryMarker.FOLDER) + " is a symbolic link");
      }
      new LibraryMarker(library.id(), own).write(root);
    } catch (IOException e) {
      throw new RootRefused("the marker of the library cannot be kept in " + root + ": " + e);
    }
  }

  private void refuseOthers(Path root, Library library, boolean takeOver) {
    others
        .ownerOf(root, library.id())
        .ifPresent(owner -> {
          switch (owner) {
            case OtherLibraries.Owner.Stranger _ when takeOver -> {}
            case OtherLibraries.Owner.Stranger stranger ->
                throw new RootRefused(
                    root
                        + " "
                        + stranger.text()
                        + "; if that one is gone, take it over with --take-over");
            case OtherLibraries.Owner.Ours ours ->
                throw new RootRefused(
                    root
                        + " "
                        + ours.text()
                        + ": it is the same folder under another path; if it was moved, remove"
                        + " that library first");
          }
        });
  }

  /** Whoever has a library above would find our folder in it, and take what lies there for his. */
  private void refuseInsideOthers(Path root, Library library) {
    for (Path above = root.getParent(); above != null; above = above.getParent()) {
      Optional<OtherLibraries.Owner> owner = others.ownerOf(above, library.id());
      if (owner.isPresent()) {
        throw new RootRefused(
            root
                + " lies inside "
                + above
                + ", which "
                + owner.get().text()
                + "; if nobody uses that library any more, remove its marker "
                + LibraryMarker.of(above));
      }
    }
  }
}
