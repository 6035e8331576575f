package dev.reencodarr.fakearr.disk;

import dev.reencodarr.fakearr.event.ArrEvent;
import dev.reencodarr.fakearr.event.DeleteReason;
import dev.reencodarr.fakearr.event.Events;
import dev.reencodarr.fakearr.library.Library;
import dev.reencodarr.fakearr.library.MediaFile;
import dev.reencodarr.fakearr.library.Part;
import dev.reencodarr.fakearr.library.Title;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The look through a title's folder: by path and size alone. Records whose path is gone go; what is
 * not known is taken in by its name, under a new id; what has another size is looked into.
 */
public final class DiskScan {

  private final Library library;
  private final Events events;

  public DiskScan(Library library, Events events) {
    this.library = library;
    this.events = events;
  }

  /**
   * Looks through one folder.
   *
   * @return whether it did; not, where the folder is gone together with its root, or that is empty
   */
  public boolean scan(Title title) throws IOException {
    if (!title.onDisk()) {
      return true;
    }
    boolean there = Files.isDirectory(title.folder());
    if (!there && isMissingOrEmpty(Path.of(title.root()))) {
      return false;
    }
    SortedMap<Path, Long> found = there ? VideoFiles.below(title.folder()) : new TreeMap<>();
    List<ArrEvent> happened = new ArrayList<>();
    library.atOnce(() -> take(title, found, happened));
    happened.forEach(events::tell);
    return true;
  }

  static boolean isMissingOrEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private void take(Title title, Map<Path, Long> found, List<ArrEvent> happened) {
    Set<Part> lost = removeGone(title, found.keySet(), happened);
    for (MediaFile file : library.files(title.id())) {
      long size = found.getOrDefault(Path.of(title.pathOf(file)), file.size());
      if (size != file.size()) {
        library.put(file.looked(size, library.look(Path.of(title.pathOf(file)))));
      }
    }
    takeIn(title, found.keySet());
    unmonitor(lost);
  }

  private Set<Part> removeGone(Title title, Set<Path> found, List<ArrEvent> happened) {
    Set<Part> lost = new HashSet<>();
    for (MediaFile file : library.files(title.id())) {
      List<Part> parts = library.parts(file);
      boolean gone = !found.contains(Path.of(title.pathOf(file)));
      if (gone || parts.isEmpty()) {
        library.remove(file);
        lost.addAll(gone ? parts : List.of());
        DeleteReason reason =
            gone ? DeleteReason.MISSING_FROM_DISK : DeleteReason.NO_LINKED_EPISODES;
        happened.add(new ArrEvent.FileDeleted(title, parts, file, reason));
      }
    }
    return lost;
  }

  /** No webhook tells of these: they are not downloads. */
  private void takeIn(Title title, Set<Path> found) {
    Set<String> known = new HashSet<>();
    library.files(title.id()).forEach(file -> known.add(title.pathOf(file)));
    for (Path path : found) {
      List<Part> parts = library.partsNamed(title, path.getFileName().toString());
      if (!known.contains(path.toString()) && !parts.isEmpty()) {
        MediaFile file = library.fromName(title, path);
        if (parts.stream().noneMatch(part -> isWorse(file, part))) {
          library.link(file);
        }
      }
    }
  }

  private boolean isWorse(MediaFile file, Part part) {
    return library
        .file(part.file())
        .map(held -> library.rank(file.quality().id()) < library.rank(held.quality().id()))
        .orElse(false);
  }

  /** Radarr at once, Sonarr only what has found no other file within the same look. */
  private void unmonitor(Set<Part> lost) {
    if (!library.settings().unmonitorsDeleted()) {
      return;
    }
    for (Part part : lost) {
      boolean again =
          library.kind().isSonarr()
              && library.part(part.id()).map(now -> now.file() != 0).orElse(false);
      if (!again) {
        library.monitor(List.of(part.id()), false);
      }
    }
  }
}
