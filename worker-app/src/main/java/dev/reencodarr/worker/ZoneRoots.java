package dev.reencodarr.worker;

import dev.reencodarr.activities.library.MarkedLibraries;
import dev.reencodarr.activities.store.Library;
import dev.reencodarr.activities.store.LibraryRepository;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The roots of the libraries that this worker's zone sees. While one of them is there, its files
 * are worked on and those of the others wait; without any there is nothing to be polled for.
 */
final class ZoneRoots {

  private static final Logger log = LoggerFactory.getLogger(ZoneRoots.class);

  private final LibraryRepository libraries;
  private final MarkedLibraries marked;
  private final String zone;
  private Map<Library, String> complaints = Map.of();

  ZoneRoots(LibraryRepository libraries, MarkedLibraries marked, String zone) {
    this.libraries = libraries;
    this.marked = marked;
    this.zone = zone;
  }

  /** Why no library of the zone can be worked on; empty where one can, or there is none. */
  Optional<String> complaint() {
    List<Library> ofZone =
        libraries.list().stream().filter(library -> library.zone().equals(zone)).toList();
    Map<Library, String> now = marked.complaints(ofZone);
    tellOfChanges(now);
    return now.isEmpty() || now.size() < ofZone.size()
        ? Optional.empty()
        : Optional.of(
            now.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; ")));
  }

  private void tellOfChanges(Map<Library, String> now) {
    now.forEach((library, why) -> {
      if (!why.equals(complaints.get(library))) {
        log.warn("{}: its files wait", line(library, why));
      }
    });
    complaints.keySet().stream()
        .filter(library -> !now.containsKey(library))
        .forEach(library -> log.info("library {} is there again", library.name()));
    complaints = new LinkedHashMap<>(now);
  }

  private static String line(Library library, String why) {
    return "library " + library.name() + " at " + library.root() + ": " + why;
  }
}
