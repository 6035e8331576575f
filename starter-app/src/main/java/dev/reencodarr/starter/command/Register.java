package dev.reencodarr.starter.command;

import dev.reencodarr.activities.store.Database;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import dev.reencodarr.activities.store.Roots;
import dev.reencodarr.workflows.media.MediaPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The libraries: which one a path lies in, and new ones. */
final class Register {

  private final LibraryRepository libraries;
  private final Roots roots;
  private final String zone;
  private final Consumer<String> say;

  private Register(Database database, String zone, Consumer<String> say) {
    this.libraries = new LibraryRepository(database);
    this.roots = new Roots(database);
    this.zone = zone;
    this.say = say;
  }

  /** The one that these settings name. */
  static Register of(Connections connections, Surroundings surroundings) throws CommandFailed {
    return new Register(
        connections.database(), connections.settings().place().zone(), surroundings::say);
  }

  List<Library> all() {
    return libraries.list();
  }

  /** A library by its name or id. */
  Optional<Library> named(String text) {
    return libraries.named(text);
  }

  Library require(String text) throws CommandFailed {
    Optional<Library> found = named(text);
    if (found.isEmpty()) {
      found = all().stream().filter(library -> library.root().value().equals(text)).findFirst();
    }
    return found.orElseThrow(() ->
        CommandFailed.usage(
            "there is no library " + text + "; ./reencodarr library list shows them"));
  }

  /** The library whose root this is. */
  Optional<Library> at(MediaPath root) {
    return all().stream().filter(library -> library.root().equals(root)).findFirst();
  }

  /** The library that a path lies in. */
  Optional<Library> covering(MediaPath path) {
    return libraries.byRootContaining(path);
  }

  /** Adds a library under a name that is asked for. */
  Library add(MediaPath root, String name, boolean takeOver) {
    absorbTrials(root);
    return roots.add(Path.of(root.value()), name, zone, false, takeOver);
  }

  void remove(Library library) {
    libraries.remove(library.id());
  }

  /**
   * The library that a path lies in; one is added where there is none.
   *
   * @param readOnly whether the new one may never be written into; a trial of this kind becomes a
   *     whole library once work in place is asked of it
   */
  Library provide(MediaPath path, boolean readOnly) {
    Optional<Library> covering = covering(path);
    if (covering.isPresent() && (readOnly || !covering.get().readOnly())) {
      return covering.get();
    }
    MediaPath root = covering.map(Library::root).orElseGet(() -> rootFor(path));
    absorbTrials(root);
    String name = covering.map(Library::name).orElseGet(() -> freeName(root));
    Library added = roots.add(Path.of(root.value()), name, zone, readOnly, false);
    say.accept("library " + added.name() + " is " + added.root());
    return added;
  }

  private static MediaPath rootFor(MediaPath path) {
    return Files.isDirectory(Path.of(path.value())) ? path : path.parent();
  }

  /** Libraries of `run --output` only hold nothing of their own: a real one takes their place. */
  private void absorbTrials(MediaPath root) {
    for (Library library : all()) {
      if (library.readOnly() && library.root().isWithin(root)) {
        libraries.remove(library.id());
      }
    }
  }

  private String freeName(MediaPath root) {
    String wished = root.fileName().isEmpty() ? "root" : root.fileName();
    String name = wished;
    for (int number = 2; libraries.findByName(name).isPresent(); number++) {
      name = wished + " " + number;
    }
    return name;
  }
}
