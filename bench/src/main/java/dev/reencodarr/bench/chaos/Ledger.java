package dev.reencodarr.bench.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the program's own rows say of a folder of films.
 *
 * @param openOrders films of orders that are not settled, and orders that are still to be scanned
 *     for
 */
record Ledger(List<VideoRow> videos, List<SwapRow> swaps, int openOrders) {

  private static final Set<String> ENDS =
      Set.of("encoded", "skipped", "failed", "cancelled", "found");

  /**
   * A video.
   *
   * @param path where its file lies, or lay before it was replaced at a new path
   * @param detail for people
   */
  record VideoRow(String id, Path path, String state, String detail, String failureCode) {

    boolean isAtRest() {
      return ENDS.contains(state);
    }

    boolean is(String other) {
      return state.equals(other);
    }
  }

  /**
   * A replacement in the journal.
   *
   * @param state intended, done, undone, abandoned
   * @param unfinishedUndo whether an undo was begun and not ended
   * @param kept whether something lies in quarantine
   */
  record SwapRow(
      String id,
      String state,
      String step,
      Path source,
      Path target,
      Path quarantine,
      String resultSha256,
      boolean unfinishedUndo,
      boolean kept) {

    boolean is(String other) {
      return state.equals(other);
    }
  }

  /** The row of the file at one of two paths. */
  Optional<VideoRow> video(Path source, Path target) {
    return videos.stream()
        .filter(row -> row.path().equals(source) || row.path().equals(target))
        .findFirst();
  }

  /** Replacements of the file that lay there. */
  List<SwapRow> swaps(Path source) {
    return swaps.stream().filter(row -> row.source().equals(source)).toList();
  }

  /**
   * Whether all films have their ends and nothing is open.
   *
   * @param films that there are to be
   */
  boolean isAtRest(int films) {
    return videos.size() >= films
        && openOrders == 0
        && videos.stream().allMatch(VideoRow::isAtRest)
        && swaps.stream().noneMatch(row -> row.is("intended") || row.unfinishedUndo());
  }
}
