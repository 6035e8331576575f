package dev.reencodarr.workflows.broken;

import dev.reencodarr.workflows.media.LibraryId;
import java.time.Instant;
import java.util.List;

/**
 * Which library is to be checked, and how.
 *
 * @param name for people
 * @param zone whose machines see its files
 * @param resume where an earlier run of the same check has stopped; none: at the beginning
 */
public record SourceCheckOrder(
    LibraryId library, String name, String zone, SourceCheckWish wish, List<Resume> resume) {

  /**
   * How far a check is.
   *
   * @param began when its first run began
   * @param after the path of the last file that is done; empty: none is
   */
  public record Resume(Instant began, String after, SourceCheckTally tally) {}

  /** A whole check. */
  public static SourceCheckOrder whole(
      LibraryId library, String name, String zone, SourceCheckWish wish) {
    return new SourceCheckOrder(library, name, zone, wish, List.of());
  }

  SourceCheckOrder from(Resume point) {
    return new SourceCheckOrder(library, name, zone, wish, List.of(point));
  }

  SourceCheckOrder wishing(SourceCheckWish other) {
    return new SourceCheckOrder(library, name, zone, other, resume);
  }
}
