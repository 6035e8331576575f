package dev.reencodarr.activities.library;

import dev.reencodarr.activities.analysis.MountCheck;
import dev.reencodarr.activities.replace.LibraryGuard;
import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.InstallationRepository;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryMarker;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.RootWatch;
import dev.reencodarr.activities.temporal.Faults;
import dev.reencodarr.workflows.failure.Evidence;
import dev.reencodarr.workflows.failure.EvidenceKind;
import dev.reencodarr.workflows.media.MediaPath;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Tells by the marker at a library's root whether the library is there and ours: without it, its
 * mount is gone; with another one, it belongs to somebody else.
 */
public final class MarkedLibraries implements LibraryGuard, MountCheck {

  /** A disk that spins up takes seconds; a mount that hangs takes for ever. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final LibraryRepository libraries;
  private final InstallationRepository installation;
  private final RootWatch roots;

  public MarkedLibraries(Database database) {
    this(database, new RootWatch(PATIENCE));
  }

  /**
   * @param roots whoever looks at roots in this process shares it, so that a mount that hangs
   *     blocks one thread
   */
  public MarkedLibraries(Database database, RootWatch roots) {
    this.libraries = new LibraryRepository(database);
    this.installation = new InstallationRepository(database);
    this.roots = roots;
  }

  @Override
  public void require(MediaPath libraryRoot) {
    require(at(libraryRoot));
  }

  @Override
  public void requireInUse(MediaPath libraryRoot) {
    Library known = at(libraryRoot);
    if (libraries.find(known.id()).isEmpty()) {
      throw Faults.of(
          EvidenceKind.LIBRARY_REMOVED,
          "library " + known.name() + " at " + libraryRoot + " was taken out of use");
    }
    require(known);
  }

  /** The library with this root, also one that was taken out of use. */
  private Library at(MediaPath libraryRoot) {
    return libraries
        .aroundEvenRemoved(libraryRoot)
        .filter(found -> found.root().equals(libraryRoot))
        .orElseThrow(() -> unknown(libraryRoot));
  }

  private static ApplicationFailure unknown(MediaPath root) {
    return gone(root, root + " is no library of this database");
  }

  @Override
  public void requireMounted(MediaPath path) {
    Optional<Library> around = libraries.byRootContaining(path);
    if (around.isEmpty()) {
      return;
    }
    require(around.get());
  }

  /**
   * Returns only if our marker of this library lies at its root; nothing is ever written into a
   * library that is only read, so that one has none and has to be there.
   *
   * @throws ApplicationFailure a fault of kind MOUNT_GONE otherwise
   */
  public void require(Library library) {
    Optional<String> complaint = complaint(library);
    if (complaint.isPresent()) {
      throw gone(library, complaint.get());
    }
  }

  /** What keeps us from the library, for people; empty where nothing does. */
  public Optional<String> complaint(Library library) {
    Path root = Path.of(library.root().value());
    try {
      if (library.readOnly()) {
        return roots.look(library.root(), () -> Files.isDirectory(root))
            ? Optional.empty()
            : Optional.of("it is not there");
      }
      Optional<LibraryMarker> found = roots.look(library.root(), () -> LibraryMarker.read(root));
      if (found.isEmpty()) {
        return Optional.of("it has no marker: is it mounted?");
      }
      return found.get().equals(new LibraryMarker(library.id(), installation.id()))
          ? Optional.empty()
          : Optional.of("it belongs to another library or installation");
    } catch (RootWatch.Hangs e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("its marker cannot be read: " + e.getMessage());
    }
  }

  /** The same of several at once: one that hangs does not hold up the others. */
  public Map<Library, String> complaints(Collection<Library> several) {
    Map<Library, Future<Optional<String>>> looks = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      several.forEach(library -> looks.put(library, threads.submit(() -> complaint(library))));
    }
    Map<Library, String> complaints = new LinkedHashMap<>();
    looks.forEach((library, look) ->
        look.resultNow().ifPresent(complaint -> complaints.put(library, complaint)));
    return complaints;
  }

  private static ApplicationFailure gone(Library library, String why) {
    return gone(library.root(), "library " + library.name() + " at " + library.root() + ": " + why);
  }

  private static ApplicationFailure gone(MediaPath root, String message) {
    return Faults.of(
        Evidence.of(EvidenceKind.MOUNT_GONE, message).with(Evidence.LIBRARY_ROOT, root.value()));
  }
}
