package dev.reencodarr.activities.replace;

import dev.reencodarr.activities.replace.Contents.Question;
import dev.reencodarr.activities.store.AdoptionRepository.OnDisk;
import dev.reencodarr.workflows.media.MediaPath;
import dev.reencodarr.workflows.media.SourceIdentity;
import dev.reencodarr.workflows.replace.Replacement;
import dev.reencodarr.workflows.replace.ReplacementState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the two files of a replacement lie on disk, told by what is in them alone. */
sealed interface Standing {

  /** Each is whole in its place, or a swap that was cut short left enough to go on from. */
  record Known(OnDisk found) implements Standing {}

  /** It cannot be told, because of this; nothing may be concluded. */
  record Unclear(String why) implements Standing {}

  /** Where a file may lie, also one that somebody has renamed. */
  interface Places {

    /** Whether this path leads into no other place than the library. */
    boolean isInside(Path file);

    /** The file, at its own path or under another name inside the library. */
    Optional<Path> find(Path expected, long size, Question isIt) throws IOException;
  }

  /** Looks at the files; changes nothing. */
  static Standing of(Replacement row, Contents contents, Places places) throws IOException {
    Quarantine quarantine = Quarantine.of(row);
    if (contents.isOriginal(quarantine.original())) {
      return originalKept(row, contents, places);
    }
    Path kept = row.staysAtPath() ? quarantine.original() : quarantine.result();
    boolean holdsResult = contents.isResult(kept);
    if (holdsResult) {
      Optional<Path> original =
          places.find(path(row.originalPlace()), row.original().size(), contents::isOriginal);
      if (original.isPresent()) {
        return undone(row, new MediaPath(original.get().toString()), contents.identityOf(kept));
      }
    }
    List<Path> displaced = new ArrayList<>(List.of(quarantine.displaced(), quarantine.away()));
    displaced.addAll(quarantine.copies());
    for (Path cutShort : displaced) {
      if (contents.isOriginal(cutShort)) {
        return halfDisplaced(row, contents, places);
      }
    }
    return new Unclear(
        holdsResult
            ? "it holds the result, and the original is not at " + row.originalPlace()
            : "it holds neither the whole original nor the whole result");
  }

  private static Standing originalKept(Replacement row, Contents contents, Places places)
      throws IOException {
    Optional<Path> result =
        places.find(path(row.resultPlace()), row.resultBytes(), contents::isResult);
    if (result.isPresent()) {
      MediaPath place = new MediaPath(result.get().toString());
      SourceIdentity identity = contents.identityOf(result.get());
      Replacement moved = place.equals(row.resultPlace()) ? row : row.movedTo(place);
      return new Known(new OnDisk(moved.asFound(ReplacementState.DONE, identity), place, identity));
    }
    return waitsForItsPlace(row, contents, places)
        ? begun(row)
        : new Unclear("its result is not whole at " + row.resultPlace());
  }

  private static Standing undone(Replacement row, MediaPath place, SourceIdentity result) {
    Replacement moved = place.equals(row.originalPlace()) ? row : row.originalMovedTo(place);
    return new Known(
        new OnDisk(moved.asFound(ReplacementState.UNDONE, result), place, row.original()));
  }

  /** Where the path still holds the original, nothing has been displaced: there is no hurry. */
  private static Standing halfDisplaced(Replacement row, Contents contents, Places places)
      throws IOException {
    Path result = path(row.resultPlace());
    return (places.isInside(result) && contents.isResult(result))
            || waitsForItsPlace(row, contents, places)
        ? begun(row)
        : new Unclear("a swap was cut short in it, and its path holds another file");
  }

  /**
   * The result has not come to its place, and nothing lies there. A result that is not in our hands
   * may have been renamed, and then the film has its place already.
   */
  private static boolean waitsForItsPlace(Replacement row, Contents contents, Places places)
      throws IOException {
    Path staged = path(row.staged());
    boolean inOurHands =
        (places.isInside(staged) && contents.isResult(staged))
            || (row.staysAtPath() && contents.isResult(Quarantine.of(row).original()));
    return inOurHands && bothPlacesFree(row, places);
  }

  /** Nothing but our own placeholder is at either path, so nothing can be written over. */
  private static boolean bothPlacesFree(Replacement row, Places places) throws IOException {
    Renames ours =
        new Renames(
            MountCalls.real(), CrashPoints.none(), SwapSteps.placeholderOf(row.id()), false);
    for (Path place : List.of(path(row.resultPlace()), path(row.originalPlace()))) {
      if (!places.isInside(place) || (FileStat.exists(place) && !ours.isPlaceholder(place))) {
        return false;
      }
    }
    return true;
  }

  /** A row that was ended is not opened again. */
  private static Standing begun(Replacement row) {
    return row.state() == ReplacementState.INTENDED
        ? new Known(new OnDisk(row, row.source(), row.original()))
        : new Unclear("a swap or an undo was cut short in it");
  }

  private static Path path(MediaPath path) {
    return Path.of(path.value());
  }
}
