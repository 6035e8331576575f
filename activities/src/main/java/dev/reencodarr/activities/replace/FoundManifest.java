package dev.reencodarr.activities.replace;

import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import dev.reencodarr.workflows.replace.SwapWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A manifest in a quarantine folder that no row speaks for. Anybody may have written it, so it says
 * what may be looked at and proves nothing: no path of it leads out of the library that it was
 * found in, or into our own folders.
 *
 * @param replacement that it tells of, in no state yet
 */
record FoundManifest(Replacement replacement) {

  /** The manifest tells of nothing that may be looked at. */
  static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }

  /**
   * @param root of the library that the folder was found in
   * @throws Refused with the reason, which continues a sentence about the folder
   */
  static FoundManifest in(MediaPath root, Path folder) throws Refused {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refused("it is no folder");
    }
    Manifest manifest = read(root, folder);
    String source = "by its manifest it is of " + manifest.source() + ", but ";
    try {
      Replacement row = manifest.asFoundIn(folder, SwapWay.EXCHANGE, ReplacementState.INTENDED);
      String complaint = complaint(root, folder, row);
      if (!complaint.isEmpty()) {
        throw new Refused(source + complaint);
      }
      return new FoundManifest(row);
    } catch (IllegalArgumentException e) {
      throw new Refused(source + "its paths make no sense: " + e.getMessage());
    }
  }

  /**
   * The entries of a quarantine, by name. Empty where there is none.
   *
   * @throws IOException if it cannot be read, or a symbolic link leads to it
   */
  static List<Path> foldersIn(MediaPath root, Path quarantines) throws IOException {
    if (!Files.isDirectory(quarantines, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    InsideLibrary.require(Path.of(root.value()), quarantines);
    try (Stream<Path> entries = Files.list(quarantines)) {
      return entries.sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Manifest read(MediaPath root, Path folder) throws Refused {
    try {
      InsideLibrary.require(Path.of(root.value()), folder);
      return Quarantine.read(folder);
    } catch (IOException e) {
      throw new Refused("it has no manifest that can be read");
    }
  }

  private static String complaint(MediaPath root, Path folder, Replacement row) {
    if (!row.libraryRoot().equals(root)) {
      return "of a library at " + row.libraryRoot();
    }
    if (!folder.endsWith(row.id().toString())) {
      return "its folder has another name than its replacement " + row.id();
    }
    List<MediaPath> places =
        Stream.concat(Stream.of(row.source(), row.target()), row.movedTo().stream()).toList();
    Optional<MediaPath> outside =
        places.stream().filter(place -> !isFilmIn(root, place)).findFirst();
    if (outside.isPresent()) {
      return outside.get() + " is no place of a film in this library";
    }
    if (!row.target().parent().equals(row.source().parent())) {
      return "its result has another folder than its original";
    }
    return row.original().size() <= 0 || row.resultBytes() <= 0 ? "its files have no size" : "";
  }

  private static boolean isFilmIn(MediaPath root, MediaPath place) {
    return place.isWithin(root)
        && !place.equals(root)
        && !place.value().endsWith("/")
        && !Quarantine.isOurName(place.fileName())
        && !List.of(place.relativeTo(root).split("/", -1)).contains(DotFolder.NAME);
  }
}
